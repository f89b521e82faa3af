import middy from '@middy/core';
import { awsPorts } from '../../adapters/aws/aws-ports.ts';
import { tick } from '../../loop/tick.ts';
import { clockOf } from '../shared/clock.ts';
import { observability } from '../shared/observability.ts';
import { readTickEnv } from './config.ts';
import { makeConsumer } from './consume.ts';
import { narrated } from './narrate.ts';
import { settingsOf } from './settings.ts';

// Wired once for each cold start: a bad setting fails the first call after a deployment, not the one at 3 a.m.
const env = readTickEnv(process.env);
const { voice, middlewares } = observability('tick');
const ports = awsPorts(env);
const telemetry = narrated(ports.telemetry, voice);
const settings = settingsOf(env.OWNER, import.meta.url);

export const handler = middy(
  makeConsumer({
    turn: (deliveries, { clock, remainingMs }) =>
      tick(deliveries, { ...ports, clock, telemetry }, { ...settings, remainingMs }),
    voice,
    clockAt: (newestMs, context) => clockOf({ source: env.CLOCK, newestMs, calledAs: context.invokedFunctionArn }),
  }),
).use(middlewares);
