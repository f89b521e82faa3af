import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { portsOver } from '../../adapters/aws/aws-ports.ts';
import { makeClients } from '../../adapters/aws/clients.ts';
import { DRIFT_EVENT } from '../../lambdas/shared/config.ts';
import type { Clock, Ports, TickQueue } from '../../loop/ports.ts';
import { cdk, REHEARSAL } from './cdk.ts';

/** What `/prescale/installation` says of a deployed stack; the parts that a rehearsal needs. */
export interface Installation {
  readonly table: string;
  readonly bucket: string;
  readonly tickQueueUrl: string;
  readonly refitQueueUrl: string;
  readonly noticesTopicArn: string;
  readonly discoverFunction: string;
  readonly tickFunction: string;
  readonly owner: string;
}

export interface Deployment {
  readonly installation: Installation;
  /** The stack's own state through the same adapters that its functions use. */
  readonly ports: Ports & { readonly queue: TickQueue };
}

export interface DeployOptions {
  /** Variables that point the CDK and the SDK at the emulator. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder for the synthesised stack. */
  readonly output: string;
  readonly signal: AbortSignal;
  /** Told the process group of each run of the CDK, so that it ends however this process ends. */
  readonly adopt?: (group: number) => () => void;
  readonly clock: Clock;
  /** More context, after the rehearsal's own. */
  readonly context?: readonly string[];
}

/** Bootstraps and deploys the controller with the real CDK, and reads back where its parts are. About 15 s. */
export async function deployStack({ clock, context = [], ...run }: DeployOptions): Promise<Deployment> {
  const settings = [...REHEARSAL, ...context.flatMap((setting) => ['--context', setting])];
  await cdk(['bootstrap', ...settings], run);
  await cdk(['deploy', '--require-approval', 'never', ...settings], run);
  const ssm = new SSMClient({});
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/prescale/installation' }));
  ssm.destroy();
  const installation = JSON.parse(Parameter?.Value ?? '{}') as Installation;
  const places = { ...installation, parameterPrefix: '/prescale', driftEvent: DRIFT_EVENT, ledgerDays: 2 };
  return { installation, ports: portsOver(makeClients(), places, { clock, write: () => undefined }) };
}
