import { awsPorts } from '../adapters/aws/aws-ports.ts';
import { readInstallation } from '../adapters/observe/installation.ts';
import type { Controller, ControllerAddress } from './shell.ts';

/** Finds the controller in AWS. Throws `BadInputError` where there is none, or where nobody is signed in. */
export async function openAwsController(address: ControllerAddress): Promise<Controller> {
  const installation = await readInstallation(address);
  const ports = awsPorts({
    STATE_TABLE: installation.table,
    STATE_BUCKET: installation.bucket,
    REFIT_QUEUE_URL: installation.refitQueueUrl,
    NOTICES_TOPIC_ARN: installation.noticesTopicArn,
    PARAMETER_PREFIX: address.prefix,
    OWNER: installation.owner,
  });
  return { installation, ports };
}
