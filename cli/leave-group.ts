import { OWNER_TAG } from '../loop/admission.ts';
import { findHome, type Home } from '../loop/base.ts';
import { recollect } from '../loop/confirm.ts';
import { HOME_ACTION } from '../loop/home-switch.ts';
import type { ActRefusal, GroupId, GroupSnapshot } from '../loop/ports.ts';
import { newRuntimeState, type RuntimeState } from '../loop/runtime-state.ts';
import type { Result } from '../models/kernel/result.ts';
import { instant } from '../models/kernel/series.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import { isoOf } from './moment.ts';
import type { Controller } from './shell.ts';

/** What leaving one group comes to. */
export interface Farewell {
  readonly group: string;
  /** `left`: restored and read back. `nothing`: we hold nothing of it. `planned`: dry run. `failed`: see `problem`. */
  readonly result: 'left' | 'nothing' | 'planned' | 'failed';
  /** What was done, or would be, one sentence each. */
  readonly steps: readonly string[];
  readonly problem?: string;
}

/** What has to be given back. */
export interface Debt {
  /** MinSize to restore; undefined when the floor is the group's own. */
  readonly minSize: CapacityUnits | undefined;
  /** Name of the dead-man's switch that stands; undefined when none does. */
  readonly armed: string | undefined;
  readonly owned: boolean;
  readonly foreignOwner: string | undefined;
}

const LEASE_MS = 2 * 60_000;

/** What leaving a group would do, without doing it. */
export async function planFarewell(group: GroupId, controller: Controller): Promise<Farewell> {
  const { ports } = controller;
  const snapshot = (await ports.groups.describe([group])).get(group.arn);
  if (snapshot === undefined) return { group: group.name, result: 'nothing', steps: ['the group is gone: forget it'] };
  const state = (await ports.runtime.peek(group)) ?? newRuntimeState();
  const debt = await debtOf(snapshot, state, controller);
  const steps = stepsOf(debt);
  return { group: group.name, result: steps.length === 0 ? 'nothing' : 'planned', steps };
}

/**
 * Restores a group as its owner left it and forgets it: takes the lease, so that no tick runs beside us, writes MinSize
 * back, removes the dead-man's switch and the owner tag, and reads back. Where anything fails the switch stays armed: it
 * finishes what we could not. Desired capacity is not touched.
 */
export async function leaveGroup(group: GroupId, controller: Controller): Promise<Farewell> {
  const { ports } = controller;
  const wallMs = ports.clock.wall();
  const holder = `uninstall@${wallMs}`;
  const lease = { holder, asOfMs: wallMs, wallMs, untilMs: instant(wallMs + LEASE_MS) };
  const begun = await ports.runtime.begin(group, lease);
  if (!begun.ok) {
    const problem =
      begun.refusal.kind === 'leased'
        ? `a tick is at work on it until ${isoOf(begun.refusal.untilMs)}: run this again then`
        : `a tick of ${isoOf(begun.refusal.lastAsOfMs)}, later than now, has begun: is this machine's clock right?`;
    return { group: group.name, result: 'failed', steps: [], problem };
  }
  const snapshot = (await ports.groups.describe([group])).get(group.arn);
  if (snapshot === undefined) {
    await ports.runtime.forget(group);
    return { group: group.name, result: 'left', steps: ['the group is gone: forgotten'] };
  }
  const debt = await debtOf(snapshot, begun.value.state, controller);
  const problem = (await payBack(group, debt, controller)) ?? (await leftOver(group, debt, controller));
  if (problem !== undefined) {
    // The state still says what we owe; the lease goes back, so that the next attempt need not wait.
    await ports.runtime.commit(group, holder, begun.value.state);
    return { group: group.name, result: 'failed', steps: [], problem };
  }
  await ports.runtime.forget(group);
  const steps = stepsOf(debt);
  return { group: group.name, result: steps.length === 0 ? 'nothing' : 'left', steps };
}

async function debtOf(snapshot: GroupSnapshot, state: RuntimeState, controller: Controller): Promise<Debt> {
  const { ports, installation } = controller;
  const wall = ports.clock.wall();
  const owner = snapshot.tags[OWNER_TAG];
  if (owner !== undefined && owner !== installation.owner) {
    return { minSize: undefined, armed: undefined, owned: false, foreignOwner: owner };
  }
  // What was merely looked at says nothing of ticks that have died since.
  const home = findHome(await recollect({ state, snapshot, settled: false, asOfMs: wall }, ports), snapshot, wall);
  const { scheduledActions } = await ports.groups.surroundings(snapshot.group, 'all-but-policies');
  const standing = scheduledActions.find(({ name }) => name === (home.armed?.name ?? HOME_ACTION));
  return {
    minSize: minSizeOwed(home, snapshot),
    armed: standing?.name,
    owned: owner !== undefined,
    foreignOwner: undefined,
  };
}

const minSizeOwed = ({ ourFloor, base }: Home, { minSize }: GroupSnapshot): CapacityUnits | undefined =>
  ourFloor === undefined || minSize === base ? undefined : base;

/** The writes, in the order that is safe to be killed in; what AWS refused, or undefined. */
async function payBack(group: GroupId, debt: Debt, { ports: { actor } }: Controller): Promise<string | undefined> {
  const writes: (() => Promise<Result<void, ActRefusal>>)[] = [];
  const { minSize, armed } = debt;
  if (minSize !== undefined) writes.push(() => actor.setFloor(group, minSize));
  if (armed !== undefined) writes.push(() => actor.disarmHome(group, armed));
  if (debt.owned) writes.push(() => actor.disown(group));
  for (const write of writes) {
    const done = await write();
    if (!done.ok) return `AWS refused (${done.refusal.code}): ${done.refusal.reason}`;
  }
  return undefined;
}

/** Reads back; what is not as it was promised, or undefined. */
async function leftOver(group: GroupId, debt: Debt, { ports }: Controller): Promise<string | undefined> {
  const after = (await ports.groups.describe([group])).get(group.arn);
  if (after === undefined) return undefined;
  if (debt.minSize !== undefined && after.minSize !== debt.minSize) {
    return `MinSize reads ${after.minSize} after it was set to ${debt.minSize}: somebody else writes it`;
  }
  if (debt.owned && after.tags[OWNER_TAG] !== undefined) return `the tag ${OWNER_TAG} is still there`;
  if (debt.armed === undefined) return undefined;
  const { scheduledActions } = await ports.groups.surroundings(group, 'all-but-policies');
  return scheduledActions.some(({ name }) => name === debt.armed) ? `${debt.armed} is still there` : undefined;
}

function stepsOf({ minSize, armed, owned, foreignOwner }: Debt): readonly string[] {
  if (foreignOwner !== undefined) return [];
  return [
    ...(minSize === undefined ? [] : [`MinSize back to ${minSize}`]),
    ...(armed === undefined ? [] : [`scheduled action ${armed} removed`]),
    ...(owned ? [`tag ${OWNER_TAG} removed`] : []),
  ];
}
