import { IdempotencyConfig } from '@aws-lambda-powertools/idempotency';
import { makeHandlerIdempotent } from '@aws-lambda-powertools/idempotency/middleware';
import middy from '@middy/core';
import { discoverPorts } from '../../adapters/aws/discover-ports.ts';
import { openTable } from '../../adapters/aws/open-table.ts';
import { systemClock } from '../../adapters/clock.ts';
import { runClock } from '../shared/clock.ts';
import { observability } from '../shared/observability.ts';
import { readDiscoverEnv } from './config.ts';
import { makeFanOut } from './fan-out.ts';
import { OnceStore } from './once.ts';
import { unlessAhead } from './unless-ahead.ts';

// Wired once for each cold start: a bad setting fails the first call after a deployment, not the one at 3 a.m.
const env = readDiscoverEnv(process.env);
const { voice, middlewares } = await observability('discover');
const clock = runClock(env.CLOCK);
const fanOut = makeFanOut({ ports: discoverPorts(env), voice, clock });

/**
 * EventBridge may deliver a turn twice, and the second would double the work of the whole fleet, so a turn is fanned out
 * once for each time that an event carries. `tick` has no such guard around it: its ledger already carries out an intent
 * once, and must be free to take a half-done one up again, which a stored answer would prevent.
 */
const oncePerTurn = makeHandlerIdempotent({
  persistenceStore: new OnceStore(openTable(env.STATE_TABLE), systemClock),
  config: new IdempotencyConfig({
    eventKeyJmesPath: 'time',
    expiresAfterSeconds: 3600,
    throwOnNoIdempotencyKey: false,
  }),
});

export const handler = middy(unlessAhead({ voice, clock }, middy(fanOut).use(oncePerTurn))).use(middlewares);
