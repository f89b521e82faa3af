import { portsOver } from '../adapters/aws/aws-ports.ts';
import { makeClients } from '../adapters/aws/clients.ts';
import { systemClock } from '../adapters/clock.ts';
import { readInstallation } from '../adapters/observe/installation.ts';
import { DRIFT_EVENT } from '../lambdas/shared/config.ts';
import { misplaced } from './aws-place.ts';
import type { Controller, ControllerAddress } from './shell.ts';

/** People's commands write no ledger entry; the port wants to know all the same how long one would be kept. */
const LEDGER_DAYS = 90;

/** Embedded metrics are for a function's log; on a terminal they would be noise. */
const unheard = (): void => undefined;

/** Finds the controller in AWS. Throws `BadInputError` where there is none, no such region, or where nobody is signed in. */
export async function openAwsController(address: ControllerAddress): Promise<Controller> {
  const installation = await readInstallation(address).catch((error: unknown) => {
    throw misplaced(error) ?? error;
  });
  const { table, bucket, tickQueueUrl, refitQueueUrl, noticesTopicArn } = installation;
  const { prefix: parameterPrefix, region } = address;
  const places = {
    table,
    bucket,
    parameterPrefix,
    tickQueueUrl,
    refitQueueUrl,
    noticesTopicArn,
    driftEvent: DRIFT_EVENT,
    ledgerDays: LEDGER_DAYS,
  };
  return { installation, ports: portsOver(makeClients(region), places, { clock: systemClock, write: unheard }) };
}
