import { type Action, type DecisionEntry, type LoadNote, setsSize } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { THRESHOLD } from '../../models/anomaly/detector.ts';
import { clock, dateTime, fixed, load, number, percent } from '../page/format.ts';
import { leverName, mayAct, pricedChoice } from './decision-facts.ts';
import type { Came } from './forecast-check.ts';
import { rulingOf } from './ruling.ts';

/** Sentences about one decision, for `decisionAccount`. All times are UTC. */

/** What load the decision saw. */
export function saidLoad(note: LoadNote | null): string {
  if (note === null) return 'It could not read the load.';
  if (note.latest === null || note.freshUntilMs === null) return 'The metric had no sample recent enough to believe.';
  const doubts = [
    [note.filled, 'filled'],
    [note.blank, 'blank'],
    [note.censored, 'censored (utilisation too high to tell the load)'],
    [note.rejected, 'rejected'],
  ] as const;
  const named = doubts.filter(([count]) => count > 0).map(([count, what]) => `${number(count)} ${what}`);
  const rest = named.length === 0 ? '' : `; ${named.join(', ')}`;
  return `The newest load it believed was ${load(note.latest)} in the step that ended at ${clock(note.freshUntilMs)} UTC (${number(note.observed)} steps observed${rest}).${saidUnusual(note)}`;
}

/** Whether the newest load was unlike its history; nothing where it was not. */
function saidUnusual({ unusual }: LoadNote): string {
  if (unusual === undefined || unusual.score < THRESHOLD) return '';
  const because = unusual.because === null ? '' : `, most of all as "${unusual.because}"`;
  return ` It was unlike what came before (score ${fixed(unusual.score, 2)}${because}); that changes no decision.`;
}

/** What the forecast said. */
export function saidForecast({ forecast }: DecisionEntry): string {
  if (forecast.kind === 'refused') return `There was no forecast: ${forecast.reason}.`;
  const { model, fittedAtMs, windowSteps, expectedPeak, level, loadAtLevel, repairedSteps: bridged } = forecast;
  const but =
    bridged === undefined
      ? ''
      : ` to a history with ${number(bridged)} outlying ${bridged === 1 ? 'step' : 'steps'} bridged`;
  return `${model}, fitted ${dateTime(fittedAtMs)}${but}, drew an expected path that reaches ${load(expectedPeak)} within the next ${windowSteps} ${windowSteps === 1 ? 'step' : 'steps'}; with the noise around it, the peak stays at or below ${load(loadAtLevel)} with a probability of ${percent(level, 1)}, the level that the price of a shortage asks for.`;
}

/** Why the forecast had no say; nothing while it had. */
export const saidDoubt = ({ doubt }: DecisionEntry): readonly string[] =>
  doubt === undefined ? [] : [`It had no say: ${doubt.reason}.`];

/** What the window brought, where it is known. */
export function saidCame({ forecast, decision }: DecisionEntry, came: Came | null): readonly string[] {
  if (came === null || forecast.kind !== 'forecast') return [];
  const level = came.peak <= forecast.loadAtLevel ? 'at or below' : 'above';
  const chosen = decision === null ? '' : `, and ${number(decision.target)} had been chosen`;
  const needed = came.need === null ? '' : ` It needed ${number(came.need)}${chosen}.`;
  return [`What came was a peak of ${load(came.peak)}, ${level} the level of the price.${needed}`];
}

/** What a band is compared with; nothing for other rulings. */
export function saidBand(entry: DecisionEntry): readonly string[] {
  const { groupFound: found, mode } = entry;
  if (rulingOf(entry) !== 'band' || found === null) return [];
  return mayAct(mode)
    ? [`It was compared with all that was ordered, whoever ordered it: DesiredCapacity ${number(found.desired)}.`]
    : ['It was compared with what had been advised last, or with DesiredCapacity at the first tick.'];
}

/** What one would have done who only reacts: the need of the newest load, and what target tracking would have wanted. */
export function saidReacting({ counterfactual: c, load: note, needNow }: DecisionEntry): string {
  const wants = [
    [50, c.targetTracking50],
    [70, c.targetTracking70],
  ] as const;
  const said = wants.filter(([, want]) => want !== null).map(([target, want]) => `${number(want)} at ${target} %`);
  if (said.length === 0) return 'What reacting alone would have done is not known: it needs the load too.';
  const need = needNow === null ? '' : `the newest load (${load(note?.latest)}) needed ${number(needNow)}, and `;
  return `Reacting alone: ${need}target tracking, without its alarms' delay, would have wanted ${said.join(' and ')}.`;
}

/** How far the choice was from the cheapest alternative. */
export function saidPrice(entry: DecisionEntry): string {
  const { cheapest, chosen } = pricedChoice(entry);
  if (cheapest === undefined) return 'No alternative was priced.';
  const best = `${number(cheapest.target)} at an expected price of ${fixed(cheapest.expectedPrice, 2)} a step`;
  if (entry.decision === null) return `The cheapest alternative was ${best}.`;
  if (chosen === undefined) {
    return `The cheapest alternative was ${best}; what was decided, ${number(entry.decision.target)}, was not among those priced.${besides(entry)}`;
  }
  const more = chosen.expectedPrice - cheapest.expectedPrice;
  if (more <= 0) return `Of the alternatives priced it is the cheapest: ${best}.`;
  return `The choice is ${fixed(more, 2)} a step dearer than the cheapest alternative, ${best}.${besides(entry)}`;
}

/** Why a choice may differ from the cheapest alternative, which weighs one peak and nothing else. */
function besides(entry: DecisionEntry): string {
  switch (rulingOf(entry)) {
    case 'band':
      return ' The plan weighs more than that peak: launching now or later, booting, and every step after it.';
    case 'reactive (trial)':
    case 'reactive (doubt)':
      return ' The plain rule that decided does not look at prices.';
    default:
      return '';
  }
}

/** What was to be written to AWS, one sentence for each write, in the order of writing. */
export function saidAction(action: Action): readonly string[] {
  const { claim, arm, floor, desired, disarm } = action;
  return [
    ...(claim ? ['claim the group by the tag prescale:owner'] : []),
    ...(arm === null
      ? []
      : [`arm the dead-man's switch ${arm.name}: MinSize back to ${number(arm.minSize)} at ${dateTime(arm.startMs)}`]),
    ...(floor === null ? [] : [`set MinSize to ${number(floor)}`]),
    ...(desired === null ? [] : [`set DesiredCapacity to ${number(desired)}`]),
    ...(disarm === null ? [] : [`remove the dead-man's switch ${disarm}`]),
  ];
}

/** What came of it. */
export function saidOutcome({ decision, outcome }: LedgerRecord): string {
  if (outcome === undefined) return 'No outcome was recorded: the tick ended before it, or is still under way.';
  const why = outcome.reasons.length === 0 ? '' : `: ${outcome.reasons.join('; ')}`;
  const words = {
    acted: `Done${why}.`,
    recorded: `Recorded only, for the mode is ${decision.mode}${why}.`,
    held: `Nothing was written${why}.`,
    refused: `Refused${why}.`,
  };
  return words[outcome.status];
}

/** What the next tick read back. */
export function saidConfirm({ decision, confirm }: LedgerRecord): string {
  if (confirm === undefined) {
    return setsSize(decision.action) ? 'The next tick has not read it back yet.' : 'There was nothing to read back.';
  }
  const seen = `MinSize ${number(confirm.floorSeen)} and DesiredCapacity ${number(confirm.desiredSeen)}`;
  const verdict = confirm.asIntended ? 'as intended' : 'NOT as intended: somebody or something else changed it';
  return `At ${clock(confirm.seenAtMs)} UTC the next tick read ${seen}, ${verdict}.`;
}

/** How the group was found. */
export function saidGroup({ groupFound, mode }: DecisionEntry): string {
  if (groupFound === null) return 'The group could not be read.';
  const { minSize, maxSize, desired, inService, pending, base, largestWeight } = groupFound;
  const whole =
    largestWeight === undefined
      ? ''
      : ` One instance counts for up to ${number(largestWeight)}, so that a raise may overshoot by ${number(largestWeight - 1)}.`;
  const lever = mayAct(mode) ? ` Prescale moves ${leverName(mode)}.` : ` In mode ${mode} Prescale writes nothing.`;
  return `MinSize ${number(minSize)} (its owner's base is ${number(base)}), MaxSize ${number(maxSize)}, DesiredCapacity ${number(desired)}, ${number(inService)} in service, ${number(pending)} on the way.${whole}${lever}`;
}

/** By what it can be computed again. */
export function saidReplay({ inputs, versions }: DecisionEntry): string {
  const by = `By prescale ${versions.prescale}, policy version ${versions.policyVersion}`;
  return inputs === null ? `${by}; its inputs were not archived.` : `${by}; inputs archived as ${inputs}.`;
}
