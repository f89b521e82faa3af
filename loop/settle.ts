import { type Decision, overrule } from '../models/decide/decision.ts';
import { mostLaunched, mostTarget, weightsOf } from '../models/decide/whole-instances.ts';
import { InvariantError } from '../models/kernel/errors.ts';
import { type CapacityUnits, maxUnits } from '../models/kernel/units.ts';
import { desiredRefused, floorRaiseRefused, OWNER_TAG } from './admission.ts';
import type { Home } from './base.ts';
import type { Ruling } from './guard.ts';
import { leverMode } from './hand-back.ts';
import type { Headroom } from './headroom.ts';
import { homeSwitch, needsRenewal } from './home-switch.ts';
import { reachable } from './launchable.ts';
import { type Action, isIdle, noAction } from './ledger.ts';
import type { GroupSnapshot, GroupSurroundings, SurroundingsAsked } from './ports.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

/** What will be done, after the world has answered. */
export interface Settlement {
  readonly decision: Decision;
  readonly action: Action;
  readonly status: 'act' | 'record' | 'hold' | 'refuse';
}

/** A change of more than this share of what is there, and of more than these units, counts against the fleet breaker. */
export const LARGE_CHANGE_SHARE = 0.3;
const SMALL_CHANGE_UNITS = 2;

/** What has to be asked before a ruling can be carried out. */
export interface Questions {
  readonly surroundings: SurroundingsAsked | 'nothing';
  /** Units that would be added to what is ordered now, whole instances at their worst. */
  readonly addedUnits: number;
  readonly largeChange: boolean;
}

/** Units that a target adds to what is ordered, whole instances at their worst. Pure. */
export const unitsAdded = (inputs: TickInputs, target: CapacityUnits, ordered: CapacityUnits): number =>
  target > ordered ? mostLaunched(target, weightsOf(inputs.snapshot)) - ordered : 0;

const acts = (inputs: TickInputs, home: Home): boolean => {
  const mode = leverMode(inputs, home);
  return mode === 'floor' || mode === 'desired';
};

const mayTouch = (ruling: Ruling): boolean => ruling.stance === 'move' || ruling.stance === 'keep';

/** True while our floor stands above home and its switch must be renewed. */
const renewalDue = (inputs: TickInputs, home: Home, target: CapacityUnits): boolean =>
  leverMode(inputs, home) === 'floor' && target > home.base && needsRenewal(home.armed, home.base, lifeOf(inputs));

const lifeOf = ({ wallMs, policy }: TickInputs) => ({
  wallMs,
  lifeMinutes: policy.guards.deadManMinutes,
  cadenceSeconds: policy.cadenceSeconds,
});

/** What the world must be asked, so that an idle tick asks nothing. Pure. */
export function questions(inputs: TickInputs, ruling: Ruling, home: Home): Questions {
  const none = { surroundings: 'nothing', addedUnits: 0, largeChange: false } as const;
  if (!acts(inputs, home) || !mayTouch(ruling)) return none;
  const { target } = ruling.decision;
  if (target === ruling.lever) return { ...none, surroundings: renewalDue(inputs, home, target) ? 'all' : 'nothing' };
  const ordered = maxUnits(inputs.snapshot.desired, ruling.lever);
  const addedUnits = unitsAdded(inputs, target, ordered);
  const [moved, from] = addedUnits > 0 ? [addedUnits, ordered] : [ruling.lever - target, ruling.lever];
  const large = moved > SMALL_CHANGE_UNITS && moved > LARGE_CHANGE_SHARE * from;
  // Lowering a floor gives the group back to its owner: whatever its policies are, they forbid nothing.
  const givesBack = target < ruling.lever && leverMode(inputs, home) === 'floor';
  const surroundings = givesBack ? 'all-but-policies' : 'all';
  // A release is a person's own word: it takes the whole fleet home, and no breaker stands in its way.
  return { surroundings, addedUnits, largeChange: large && ruling.decision.rule !== 'release' };
}

/** Turns a ruling and the world's answers into the writes to make. Pure. */
export function settle(inputs: TickInputs, ruling: Ruling, context: { home: Home; answers: Answers }): Settlement {
  const { home } = context;
  const looksOn = !acts(inputs, home);
  if (looksOn || !mayTouch(ruling)) {
    const action = outlived(inputs, ruling, home);
    const idle = ruling.stance === 'refuse' ? 'refuse' : looksOn ? 'record' : 'hold';
    return { decision: ruling.decision, action, status: isIdle(action) ? idle : 'act' };
  }

  const decision = limited(inputs, ruling, context.answers);
  const action =
    leverMode(inputs, home) === 'floor'
      ? floorAction(inputs, decision.target, context)
      : desiredAction(inputs, { ...ruling, decision }, home);
  return { decision, action, status: isIdle(action) ? 'hold' : 'act' };
}

/** Applies what the world answered: each answer can only bring the target back towards where the lever stands. */
function limited(inputs: TickInputs, ruling: Ruling, answers: Answers): Decision {
  const { decision, lever } = ruling;
  if (decision.target === lever) return decision;
  const { surroundings } = answers;
  if (surroundings?.refreshing) {
    return overrule(decision, 'instance-refresh', lever, `holding ${lever} while instances are being refreshed`);
  }
  const refused = surroundings === undefined ? undefined : moveRefused(inputs, decision.target > lever, surroundings);
  if (refused !== undefined) return overrule(decision, 'admission', lever, refused);
  if (answers.largeChangeGranted === false) {
    return overrule(
      decision,
      'fleet-breaker',
      lever,
      'too many groups change by much in this tick: this one holds until the next',
    );
  }
  return granted(inputs, within(inputs, ruling, answers.headroom), answers.grantedUnits);
}

/** What the account can launch of it. Where that is not known nothing is taken away, and the reasons begin with it. */
function within({ snapshot }: TickInputs, ruling: Ruling, headroom: Headroom | undefined): Ruling {
  if (headroom === undefined) return ruling;
  const { decision, lever } = ruling;
  const unknown = headroom.unknown.map((why) => `what the account can still launch is not fully known: ${why}`);
  const told = { ...decision, reasons: [...unknown, ...decision.reasons] };
  const far = reachable(headroom, snapshot, maxUnits(snapshot.desired, lever));
  if (far === undefined || told.target <= far.most) return { ...ruling, decision: told };
  const reason = `no more than ${far.most} can be launched: ${far.limit.said}`;
  return { ...ruling, decision: overrule(told, 'headroom', far.most, reason) };
}

/**
 * Where somebody has set MinSize since it was armed, the switch would undo that hours later: it goes, though nothing else
 * may be done. A late tick does not even this, and a switch of that name on another's group is not ours.
 */
const outlived = ({ snapshot, owner }: TickInputs, { decision }: Ruling, home: Home): Action =>
  decision.rule === 'stale-tick' ? noAction : outlivedSwitch(snapshot, owner, home);

/** The removal of a switch of ours that stands without a floor of ours. Pure. */
export function outlivedSwitch({ tags }: GroupSnapshot, owner: string, { ourFloor, armed }: Home): Action {
  const standsAlone = ourFloor === undefined && armed !== undefined;
  return standsAlone && tags[OWNER_TAG] === owner ? { ...noAction, disarm: armed.name } : noAction;
}

function moveRefused(
  { policy, snapshot }: TickInputs,
  raising: boolean,
  around: GroupSurroundings,
): string | undefined {
  if (policy.mode !== 'desired' && !raising) return undefined;
  if (around.hasScaleInPolicy === undefined) {
    throw new InvariantError(`${snapshot.group.name} is to be moved, and nobody has asked for its scaling policies`);
  }
  return policy.mode === 'desired' ? desiredRefused(snapshot, around) : floorRaiseRefused(snapshot, around);
}

function granted(inputs: TickInputs, { decision, lever }: Ruling, grant: number | undefined): Decision {
  if (grant === undefined) return decision;
  const ordered = maxUnits(inputs.snapshot.desired, lever);
  const most = maxUnits(ordered, mostTarget(ordered + grant, weightsOf(inputs.snapshot)));
  if (decision.target <= most) return decision;
  return overrule(decision, 'account-cap', most, `the account's budget for this minute leaves ${grant} more units`);
}

function floorAction(
  inputs: TickInputs,
  target: CapacityUnits,
  { home, answers }: { home: Home; answers: Answers },
): Action {
  const { snapshot } = inputs;
  const floor = target === snapshot.minSize ? null : target;
  if (target <= home.base) {
    const disarm = home.armed === undefined ? null : home.armed.name;
    return { ...noAction, floor, disarm };
  }
  const { surroundings } = answers;
  const due = renewalDue(inputs, home, target) || (surroundings !== undefined && !stands(home.armed, surroundings));
  const arm = due && surroundings !== undefined ? homeSwitch(home.base, lifeOf(inputs), surroundings) : null;
  return { ...noAction, floor, arm, claim: floor !== null && snapshot.tags[OWNER_TAG] === undefined };
}

/** Whether the switch that we remember is still there: anybody may have deleted it. */
const stands = (armed: Home['armed'], { scheduledActions }: GroupSurroundings): boolean =>
  scheduledActions.some(({ name }) => name === armed?.name);

/**
 * Capacity is set itself here, so a floor that was raised in another mode is not needed any more: it goes home in one step,
 * which ends no instance, and its switch goes with it. While frozen nothing but a switch that stands alone is touched.
 */
function desiredAction(inputs: TickInputs, ruling: Ruling, home: Home): Action {
  const { snapshot } = inputs;
  if (ruling.stance === 'keep') return outlived(inputs, ruling, home);
  const { target } = ruling.decision;
  const desired = target === snapshot.desired ? null : target;
  return {
    ...noAction,
    floor: home.ourFloor === undefined || home.ourFloor === home.base ? null : home.base,
    desired,
    disarm: home.armed?.name ?? null,
    claim: desired !== null && snapshot.tags[OWNER_TAG] === undefined,
  };
}
