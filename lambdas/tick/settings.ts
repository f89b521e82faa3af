import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Places } from '../../adapters/aws/aws-ports.ts';
import type { TickSettings } from '../../loop/tick.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { TickSettingsFromEnv } from './config.ts';

/** Longer than the function may run (30 s), so that a lease never ends under a tick that still acts. */
const LEASE_SECONDS = 45;

const DIGEST_LENGTH = 12;

/** Version and first digits of the SHA-256 of the file that runs: a replay is bit for bit on the same bundle only. */
const versionOf = (codeUrl: string): string => {
  const digest = createHash('sha256')
    .update(readFileSync(fileURLToPath(codeUrl)))
    .digest('hex');
  return `${manifest.version}+${digest.slice(0, DIGEST_LENGTH)}`;
};

/**
 * What bounds one controller's turns: the identity on what it touches, the pace of its rule, and the blast radius of a
 * wrong forecast. `codeUrl` is the module that runs. Reads it once: 2 ms for the bundle.
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
  ledgerDays: env.LEDGER_DAYS,
});
