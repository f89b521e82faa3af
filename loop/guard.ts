import { type Decision, overrule } from '../models/decide/decision.ts';
import { largestOf, mostTarget, weightsOf } from '../models/decide/whole-instances.ts';
import { bounds } from '../models/guard/bounds.ts';
import { type Guard, type GuardFacts, inOrder } from '../models/guard/guard.ts';
import { reactiveFloor } from '../models/guard/reactive-floor.ts';
import { scaleInCooldown } from '../models/guard/scale-in-cooldown.ts';
import { scaleInHold } from '../models/guard/scale-in-hold.ts';
import { stepLimit } from '../models/guard/step-limit.ts';
import { type CapacityUnits, maxUnits, minUnits, units } from '../models/kernel/units.ts';
import { POLICY_TAG, refusedForGood } from './admission.ts';
import type { Home } from './base.ts';
import type { Plan } from './decide.ts';
import { handsBack, leverMode } from './hand-back.ts';
import type { Policy } from './policy.ts';
import type { GroupSnapshot } from './ports.ts';
import type { TickInputs } from './tick-inputs.ts';

/** What the guards make of a plan, before the world is asked for room. */
export interface Ruling {
  readonly decision: Decision;
  readonly lever: CapacityUnits;
  /**
   * `move`: the decision may be carried out. `keep`: the lever stays, and a raised floor is kept alive. `let-go`: nothing
   * is renewed any more, so that the dead-man's switch takes the group home. `refuse`: the group is not ours to touch.
   */
  readonly stance: 'move' | 'keep' | 'let-go' | 'refuse';
}

/** Every guard that a wanted capacity passes, in this order. The present need overrules limits, the owner's bounds overrule all. */
const chain = ({ guards }: Policy, plan: Plan): Guard =>
  inOrder([
    // A band already keeps what is worth keeping; a bare quantile has no memory of its own.
    ...(plan.remembers ? [] : [scaleInHold(guards.scaleInHoldSeconds)]),
    scaleInCooldown(guards.scaleInCooldownSeconds),
    stepLimit({ out: guards.maxStepOutShare, in: guards.maxStepInShare }),
    reactiveFloor,
    bounds,
  ]);

/** Fifth stage: what of the plan is permitted. Pure; what only the world can answer comes in `settle`. */
export function guard(inputs: TickInputs, plan: Plan, home: Home): Ruling {
  const facts = factsOf(inputs, plan, home);
  const { lever } = facts;
  const keep = (decision: Omit<Decision, 'target'>): Ruling => ({
    decision: { ...decision, target: lever },
    lever,
    stance: 'keep',
  });

  const foreign = refusedForGood(inputs.snapshot, inputs.owner, home.base);
  if (foreign !== undefined) {
    return { decision: { target: lever, rule: 'admission', reasons: [foreign] }, lever, stance: 'refuse' };
  }
  const withdrawn = withdrawnFrom(inputs, home);
  if (withdrawn !== undefined) {
    return { decision: { target: lever, rule: 'admission', reasons: [withdrawn] }, lever, stance: 'let-go' };
  }
  const order = inputs.switch;
  if (order.verb === 'freeze') return keep({ rule: 'freeze', reasons: [`frozen: ${order.reason}`] });
  const late = lateBy(inputs);
  if (late !== undefined) {
    const unseen: Decision = { target: lever, rule: 'stale-tick', reasons: [] };
    return { decision: overrule(plan.wanted ?? unseen, 'stale-tick', lever, late), lever, stance: 'let-go' };
  }
  if (order.verb === 'release') return released(inputs, facts, `released: ${order.reason}`);
  if (handsBack(inputs, home))
    return released(inputs, facts, `mode ${inputs.policy.mode} holds no floor: it goes home`);
  if (plan.wanted === undefined) return blind(inputs, facts, plan.blind ?? 'the load is unknown');
  return { decision: chain(inputs.policy, plan)(plan.wanted, facts), lever, stance: 'move' };
}

function factsOf(inputs: TickInputs, plan: Plan, home: Home): GuardFacts {
  const { snapshot, state, policy } = inputs;
  const room = mostWithin(snapshot, units(Math.max(0, snapshot.maxSize - policy.guards.headroomUnits)));
  const byMode = {
    observe: { lever: state.shadow ?? snapshot.minSize, least: home.base, most: maxUnits(home.base, room) },
    advise: { lever: state.shadow ?? snapshot.minSize, least: home.base, most: maxUnits(home.base, room) },
    floor: { lever: snapshot.minSize, least: home.base, most: maxUnits(home.base, room) },
    // A floor that we raised before goes home here: it is no bound for the capacity.
    desired: {
      lever: snapshot.desired,
      least: home.base,
      most: maxUnits(home.base, mostWithin(snapshot, snapshot.maxSize)),
    },
  };
  return {
    ...byMode[leverMode(inputs, home)],
    asOfMs: inputs.asOfMs,
    capacity: snapshot.desired,
    needNow: plan.needNow,
    recentWants: state.recentWants,
    lastScaleInMs: state.lastScaleInMs,
    ...(snapshot.weights === undefined ? {} : { largestWeight: largestOf(snapshot.weights) }),
  };
}

/** The highest target that whole instances keep below a limit; what stands already launches none, and may stay. */
const mostWithin = (snapshot: GroupSnapshot, limit: CapacityUnits): CapacityUnits =>
  maxUnits(mostTarget(limit, weightsOf(snapshot)), minUnits(units(snapshot.inService + snapshot.pending), limit));

/** A message may be older than the removal of the tag by which the group was handed to us. */
function withdrawnFrom({ snapshot }: TickInputs, { ourFloor }: Home): string | undefined {
  if (snapshot.tags[POLICY_TAG] !== undefined) return undefined;
  const then = ourFloor === undefined ? 'it is left alone' : 'its armed switch takes the floor home';
  return `the tag ${POLICY_TAG} was removed from the group: ${then}`;
}

/** A tick that comes more than two cadences late is recorded and never acted on: a newer one knows better. */
function lateBy({ wallMs, asOfMs, policy }: TickInputs): string | undefined {
  const lateSeconds = (wallMs - asOfMs) / 1000;
  if (lateSeconds <= 2 * policy.cadenceSeconds) return undefined;
  return `this tick is ${Math.round(lateSeconds)} s late, at most ${2 * policy.cadenceSeconds} s are acted on`;
}

/** Mode `desired` remembers no base: only bounds and the group's own policies move what was set last. */
const staysPut = ({ policy }: TickInputs, { lever }: GuardFacts): string =>
  policy.mode === 'desired'
    ? `; mode desired has no way home: DesiredCapacity stays ${lever} until its owner sets it`
    : '';

/** Back to base, no faster than a cut may go. */
function released(inputs: TickInputs, facts: GuardFacts, reason: string): Ruling {
  const { guards } = inputs.policy;
  const wanted: Decision = { target: facts.least, rule: 'release', reasons: [`${reason}${staysPut(inputs, facts)}`] };
  const stepwise = inOrder([stepLimit({ out: guards.maxStepOutShare, in: guards.maxStepInShare }), bounds]);
  const target = inputs.policy.mode === 'desired' ? facts.lever : stepwise(wanted, facts).target;
  return { decision: { ...wanted, target }, lever: facts.lever, stance: 'move' };
}

/** Without fresh load: hold for a while, never below the last need that was seen; then let the group go home. */
function blind(inputs: TickInputs, facts: GuardFacts, why: string): Ruling {
  const { state, policy, asOfMs } = inputs;
  const { lever } = facts;
  const minutes = (asOfMs - (state.blindSinceMs ?? asOfMs)) / 60_000;
  if (minutes >= policy.guards.blindMinutes) {
    const home = policy.mode === 'desired' ? staysPut(inputs, facts) : ': no longer renewing, the group goes home';
    const said = `blind for ${Math.round(minutes)} min (${why})${home}`;
    return { decision: { target: lever, rule: 'blind-home', reasons: [said] }, lever, stance: 'let-go' };
  }
  const held = { target: lever, rule: 'blind-hold', reasons: [`holding ${lever}, blind: ${why}`] } as const;
  const need = state.lastFreshNeed;
  if (need === undefined || need <= lever) return { decision: held, lever, stance: 'keep' };
  const safe = overrule(held, 'blind-hold', need, `the last load that was seen needed ${need}`);
  return { decision: bounds(safe, facts), lever, stance: 'move' };
}
