import type { Places } from '../../adapters/aws/aws-ports.ts';
import type { TickSettings } from '../../loop/tick.ts';
import { DRIFT_EVENT } from '../shared/config.ts';
import { versionOf } from '../shared/version.ts';
import type { TickSettingsFromEnv } from './config.ts';

/** Longer than the function may run (30 s), so that a lease never ends under a tick that still acts. */
const LEASE_SECONDS = 45;

/**
 * What bounds one controller's turns: the identity on what it touches, the pace of its rule, and the blast radius of a
 * wrong forecast. `codeUrl` is the module that runs.
 */
export const settingsOf = (
  { OWNER, EVERY_MINUTES }: Pick<TickSettingsFromEnv, 'OWNER' | 'EVERY_MINUTES'>,
  codeUrl: string,
): Omit<TickSettings, 'remainingMs'> => ({
  owner: OWNER,
  everySeconds: EVERY_MINUTES === 'by-hand' ? undefined : 60 * EVERY_MINUTES,
  version: versionOf(codeUrl),
  leaseSeconds: LEASE_SECONDS,
  fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
});

/** Where the parts of the controller are, for the adapters. */
export const placesOf = (env: TickSettingsFromEnv): Places => ({
  table: env.STATE_TABLE,
  bucket: env.STATE_BUCKET,
  parameterPrefix: env.PARAMETER_PREFIX,
  refitQueueUrl: env.REFIT_QUEUE_URL,
  // A tick asks for no ticks, and its role may not.
  tickQueueUrl: '',
  noticesTopicArn: env.NOTICES_TOPIC_ARN,
  driftEvent: DRIFT_EVENT,
  ledgerDays: env.LEDGER_DAYS,
});
