import type { FaultPoint } from '../../../adapters/memory/faults.ts';
import { HOME_ACTION } from '../../../loop/home-switch.ts';
import type { DecisionEntry } from '../../../loop/ledger.ts';
import type { Policy } from '../../../loop/policy.ts';
import { type Day, type Edit, type Mishap, needsOf, type Step } from './random-day.ts';
import { foretell, NOON_MS, START_MS, STEP_MS, type WatchedGroup, watchedGroup } from './watched-group.ts';

/** What a day came to, beside what the watch has seen. */
export interface Lived {
  readonly group: WatchedGroup;
  /** Broken promises of the whole day. */
  readonly broken: readonly string[];
}

const GUARDS = { maxStepOutShare: 0.5, maxStepInShare: 0.25 };

/** Lives through a day under the loop, looking at the state after every delivery. */
export async function liveThrough(day: Day): Promise<Lived> {
  const group = watchedGroup({
    needs: needsOf(day),
    policy: { mode: day.mode, guards: GUARDS },
    group: { hasScaleInPolicy: day.mode === 'floor' },
    minutes: 12 * 60,
  });
  const { expected } = day;
  if (expected !== null) await foretell(group, (minutes) => expected[(minutes / 5) % expected.length] ?? 1);

  const backwards: string[] = [];
  let newest = 0;
  const deliver = async (asOfMs: number, holder: string): Promise<boolean> => {
    const { retry } = await group.deliver({ asOfMs, holder });
    const { state } = await group.standing();
    if ((state?.lastAsOfMs ?? 0) < newest) backwards.push(`the state went back from ${newest} to ${state?.lastAsOfMs}`);
    newest = Math.max(newest, state?.lastAsOfMs ?? 0);
    return retry;
  };

  const due: { readonly atStep: number; readonly asOfMs: number }[] = [];
  for (const [i, step] of day.steps.entries()) {
    group.passTo(START_MS + i * STEP_MS);
    if (step.edit !== null) await edited(group, step.edit, day);
    for (const mishap of step.mishaps) plan(group, mishap);
    await arrive(step, { asOfMs: group.world.nowMs, deliver, group });
    if (step.arrival.kind === 'late') due.push({ atStep: i + step.arrival.steps, asOfMs: group.world.nowMs });
    for (const late of due.filter(({ atStep }) => atStep === i)) await untilDone(late.asOfMs, 'late', deliver, group);
    group.world.faults.clear();
  }
  const entries = (await group.ledger()).map(({ decision }) => decision);
  const leaps = entries.filter((entry) => leapt(entry, group.policy, mostNeeded(day, entry.asOfMs)));
  return {
    group,
    broken: [...group.watch.violations, ...backwards, ...leaps.map((entry) => `a leap: ${JSON.stringify(entry)}`)],
  };
}

type Deliver = (asOfMs: number, holder: string) => Promise<boolean>;

async function arrive(
  { arrival }: Step,
  { asOfMs, deliver, group }: { asOfMs: number; deliver: Deliver; group: WatchedGroup },
): Promise<void> {
  if (arrival.kind === 'never' || arrival.kind === 'late') return;
  if (arrival.kind === 'at once') {
    await Promise.all([deliver(asOfMs, `a-${asOfMs}`), deliver(asOfMs, `b-${asOfMs}`)]);
    group.world.faults.restart();
  }
  if (arrival.kind === 'given up') {
    await deliver(asOfMs, `a-${asOfMs}`);
    group.world.faults.restart();
    return;
  }
  await untilDone(asOfMs, `a-${asOfMs}`, deliver, group);
  if (arrival.kind === 'twice') await deliver(asOfMs, `b-${asOfMs}`);
}

/** Delivers again as SQS does, in a new process each time, and gives up after three. */
async function untilDone(asOfMs: number, holder: string, deliver: Deliver, { world }: WatchedGroup): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const again = await deliver(asOfMs, holder);
    world.faults.restart();
    if (!again) return;
  }
}

function plan({ world: { faults } }: WatchedGroup, mishap: Mishap): void {
  if (mishap.kind === 'crash') faults.crash(mishap.point, mishap.when, mishap.passes);
  else faults.add(mishap.point satisfies FaultPoint, { code: mishap.code, when: mishap.when });
}

async function edited(group: WatchedGroup, edit: Edit, { mode }: Day): Promise<void> {
  const { world } = group;
  switch (edit.kind) {
    case 'min':
      if (!(await couldBeOurs(group, edit.size))) group.group.update({ min: edit.size }, world.nowMs);
      break;
    case 'max':
      group.group.update({ max: edit.size }, world.nowMs);
      break;
    case 'desired':
      group.group.setDesired(edit.size, world.nowMs);
      break;
    case 'suspend':
      group.group.suspend(edit.processes, world.nowMs);
      break;
    case 'order':
      await group.order(edit.verb);
      break;
    case 'mode':
      world.policies.put({ ...group.policy, mode: edit.acting ? mode : 'observe' });
      break;
    case 'untag':
      group.group.untag('prescale:owner');
      break;
  }
  group.watch.look();
}

/** Nobody can tell a MinSize that the owner wrote from one that we meant to write and may have written: those are left out. */
async function couldBeOurs(group: WatchedGroup, size: number): Promise<boolean> {
  const { state } = await group.standing();
  const since = (await group.ledger()).filter(({ decision }) => decision.asOfMs > (state?.lastAsOfMs ?? 0));
  return state?.lastFloor === size || since.some(({ decision }) => decision.action.floor === size);
}

const stepOf = (from: number, share: number): number => Math.max(1, Math.floor(from * share));

/** The most that the load has needed until then. */
function mostNeeded(day: Day, asOfMs: number): number {
  const needs = needsOf(day);
  const steps = Math.floor((asOfMs - NOON_MS) / STEP_MS);
  return Math.max(needs(-5) ?? 0, ...Array.from({ length: steps }, (_, i) => needs(i * 5) ?? 0));
}

/** True when an intent moves the lever further than one step may, and no need that was seen asks for it. */
function leapt({ action, groupFound, needNow }: DecisionEntry, { guards }: Policy, seen: number): boolean {
  const target = action.floor ?? action.desired;
  if (target === null || groupFound === null) return false;
  const lever = action.floor === null ? groupFound.desired : groupFound.minSize;
  if (target < lever) return target < lever - stepOf(lever, guards.maxStepInShare);
  const from = Math.max(lever, groupFound.desired);
  // While blind the last need that was seen is kept.
  return target > Math.max(from + stepOf(from, guards.maxStepOutShare), needNow ?? seen, groupFound.base);
}

/** The owner gives the group room again and orders a release; what is left of ours when it is done. */
export async function released(group: WatchedGroup, mode: Day['mode']): Promise<readonly string[]> {
  const { world } = group;
  world.faults.clear();
  group.passTo(world.nowMs + STEP_MS);
  world.policies.put({ ...group.policy, mode });
  group.group.suspend([], world.nowMs);
  group.group.update({ max: 40 }, world.nowMs);
  group.watch.look();
  await group.order('release');
  await group.turns(24);
  const { sizes, scheduled, state } = await group.standing();
  const left: string[] = [];
  if (sizes.min !== group.watch.ownMin()) left.push(`MinSize ${sizes.min} over ${group.watch.ownMin()}`);
  if (scheduled.some(({ name }) => name === HOME_ACTION)) left.push('an armed switch');
  if (state?.lastFloor !== undefined || state?.armed !== undefined) left.push(`in the state ${JSON.stringify(state)}`);
  return left;
}
