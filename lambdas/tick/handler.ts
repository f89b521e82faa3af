import middy from '@middy/core';
import { portsOver } from '../../adapters/aws/aws-ports.ts';
import { makeClients } from '../../adapters/aws/clients.ts';
import { tick } from '../../loop/tick.ts';
import { runClock } from '../shared/clock.ts';
import { observability } from '../shared/observability.ts';
import { readTickEnv } from './config.ts';
import { makeConsumer } from './consume.ts';
import { narrated } from './narrate.ts';
import { placesOf, settingsOf } from './settings.ts';

/**
 * What a warm function asks for anew only after a while. Of a day of history it has written the newest itself, and what
 * another one has stored meanwhile comes with the delta read. Of a model it waits for a fit that was asked for; the daily
 * run's is taken up that much later.
 */
const TRUST = { historyTrustedMs: 3_600_000, modelTrustedMs: 900_000 };

// Wired once for each cold start: a bad setting fails the first call after a deployment, not the one at 3 a.m.
const env = readTickEnv(process.env);
const { voice, middlewares } = await observability('tick');
const clock = runClock(env.CLOCK);
// Straight to the log: console.log would put a prefix before the embedded metrics.
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const shell = { clock, write, groupMetrics: env.GROUP_METRICS, ...TRUST };
const ports = portsOver(makeClients(), placesOf(env), shell);
const told = { ...ports, telemetry: narrated(ports.telemetry, voice) };
const settings = settingsOf(env, import.meta.url);

export const handler = middy(
  makeConsumer({
    turn: (deliveries, remainingMs) => tick(deliveries, told, { ...settings, remainingMs }),
    voice,
    clock,
  }),
).use(middlewares);
