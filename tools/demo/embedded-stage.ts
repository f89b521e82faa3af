import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import { memoryPorts } from '../../adapters/memory/memory-ports.ts';
import { createWorld, type World } from '../../adapters/memory/world.ts';
import { discover } from '../../loop/discover.ts';
import type { Fitter } from '../../loop/fitter.ts';
import { type LearnPorts, learn } from '../../loop/learn.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { type TickSettings, tick } from '../../loop/tick.ts';
import type { EpochMs } from '../../models/kernel/series.ts';
import { DemoError } from './demo-error.ts';
import { say } from './live-line.ts';
import { BOOT_SECONDS, GROUP, PUBLICATION_SECONDS } from './policy.ts';
import { type Opening, type Stage, seedOf, sizesOf } from './stage.ts';

const SETTINGS: TickSettings = {
  owner: 'demo',
  version: 'demo',
  leaseSeconds: 45,
  fleet: { maxUnitsPerMinute: 500, breakerShare: 0.2, breakerLeastGroups: 5 },
  remainingMs: () => Number.POSITIVE_INFINITY,
};

/** The fits that the last tick asked for. */
async function learnAsked(world: World, ports: LearnPorts, fitter: Fitter): Promise<void> {
  for (const job of world.refits.take()) {
    const outcome = await learn(job, ports, fitter);
    say(
      outcome.kind === 'fitted'
        ? `fitted: ${outcome.model} (pinball loss: ${outcome.scores.join(', ')})`
        : `fit ${outcome.kind}`,
    );
  }
}

/** The day on the in-memory twin: the same discover, tick and learn, without AWS's wire protocol and without Lambda. */
export async function embeddedStage(opening: Opening): Promise<Stage> {
  const { policy, day } = opening;
  const world = createWorld({
    startMs: day.series.startMs + day.from * day.series.stepMs,
    publicationDelaySeconds: PUBLICATION_SECONDS,
  });
  world.policies.put(policy);
  const id = world.addGroup({ ...sizesOf(opening), name: GROUP, policyName: policy.name, bootSeconds: BOOT_SECONDS });
  const ports = memoryPorts(world);
  const fitter = directFitter();
  const publish: Stage['publish'] = async (samples) => {
    world.publish(policy.load.metric, {
      timestampsMs: Float64Array.from(samples, ({ periodMs }) => periodMs),
      values: Float64Array.from(samples, ({ value }) => value),
    });
  };
  await publish(seedOf(day));

  return {
    label: 'the in-memory twin',
    advanceTo: async (nowMs) => world.advanceTo(nowMs),
    publish,
    setDesired: async (desired) => {
      const answer = await ports.actor.setDesired(id, desired);
      if (!answer.ok) throw new DemoError(answer.refusal.reason);
    },
    tick: async (asOfMs: EpochMs): Promise<LedgerRecord> => {
      await discover(asOfMs, ports);
      const deliveries = world.ticks.take().map((message) => ({ holder: `${message.group.arn}@${asOfMs}`, message }));
      await tick(deliveries, ports, SETTINGS);
      await learnAsked(world, ports, fitter);
      const record = await ports.ledger.at(id, asOfMs);
      if (record === undefined) throw new DemoError(`no decision in the ledger for ${new Date(asOfMs).toISOString()}`);
      return record;
    },
    group: async () => {
      const { min, max, desired } = world.group(GROUP).sizes;
      return { minSize: min, maxSize: max, desired };
    },
    ledger: (range) => ports.ledger.range(id, range),
    archived: (address) => ports.archive.get(address),
    close: async () => undefined,
  };
}
