import { least } from '../kernel/least.ts';
import { type Tuned, type TuneTerms, tune } from './calibrate.ts';
import type { Forecaster } from './forecaster.ts';
import type { HeldOutDay } from './rolling-origin.ts';

/** A forecaster with what it was worth on held-out days. */
export interface Candidate {
  readonly forecaster: Forecaster;
  readonly tuned: Tuned;
  /** The same by so many of the newest days alone: whoever answered for fewer was tuned to these and no others. */
  readonly onNewest: (days: number) => Tuned;
}

/** A candidate of the days that were held out of a forecaster. Cost: `tune`, once more for each number of days asked for. */
export function candidateOf(forecaster: Forecaster, held: readonly HeldOutDay[], terms: TuneTerms): Candidate {
  const known = new Map([[held.length, tune(held, terms)]]);
  const onNewest = (days: number): Tuned => {
    const tuned = known.get(days) ?? tune(held.slice(-days), terms);
    known.set(days, tuned);
    return tuned;
  };
  return { forecaster, tuned: onNewest(held.length), onNewest };
}

/** A champion that is in use, and how many of the newest held-out days came after it was chosen. */
export interface StandingChampion {
  readonly model: string;
  readonly unseenDays: number;
}

/** Which candidate serves from now on, and why, in words. */
export interface Verdict {
  readonly champion: Candidate;
  readonly why: string;
}

/** A first champion has to be better than the yardstick by this share to be worth its weight. */
const WORTH = 0.01;

/**
 * What a change of champion costs, as a share of the standing one's loss: on first halves changes for less came back within
 * days and gained nothing (docs/designs/0009-learn.md).
 */
export const SWITCHING_COST = 0.05;

/**
 * The candidate that serves. Two are compared on the newest held-out days that both answered for. Without a champion in use the
 * best of those serves that are better than the yardstick, the first candidate, by 1 %; where there is none, the yardstick.
 * A champion in use stays unless challengers were better by the switching cost on the days after it was chosen: days that
 * neither its choice nor any fit had seen. Undefined where there is no candidate. Pure.
 */
export function chooseChampion(
  candidates: readonly Candidate[],
  standing: StandingChampion | undefined,
  switchingCost: number = SWITCHING_COST,
): Verdict | undefined {
  const yardstick = candidates[0];
  if (yardstick === undefined) return undefined;
  if (standing === undefined) return firstChoice(candidates, yardstick);
  const champion = candidates.find(({ forecaster }) => forecaster.name === standing.model);
  if (champion !== undefined) return challenged(candidates, champion, { unseen: standing.unseenDays, switchingCost });
  const { champion: next, why } = firstChoice(candidates, yardstick);
  return { champion: next, why: `${standing.model} cannot be judged any more; ${why}` };
}

function firstChoice(candidates: readonly Candidate[], yardstick: Candidate): Verdict {
  const better = candidates.filter((candidate) => 1 - compared(candidate, yardstick).loss >= WORTH);
  if (better.length === 0) {
    return { champion: yardstick, why: `no other is better than ${nameOf(yardstick)} by ${percent(WORTH)}` };
  }
  const best = bestOf(better);
  const { loss, days } = compared(best, yardstick);
  return {
    champion: best,
    why: `better than ${nameOf(yardstick)} by ${percent(1 - loss)} on ${days} held-out day(s)`,
  };
}

function challenged(
  candidates: readonly Candidate[],
  champion: Candidate,
  { unseen, switchingCost }: { readonly unseen: number; readonly switchingCost: number },
): Verdict {
  if (candidates.length === 1) return { champion, why: 'there is no challenger' };
  if (unseen === 0) return { champion, why: 'no whole day has passed since it was chosen' };
  const rivals = candidates
    .filter((candidate) => candidate !== champion)
    .map((candidate) => ({ candidate, ...compared(candidate, champion, unseen) }))
    .filter(({ days }) => days > 0);
  if (rivals.length === 0) return { champion, why: 'no day since it was chosen holds a window that a challenger saw' };
  const where = (days: number): string =>
    `on ${days} day(s) since it was chosen; a change costs ${percent(switchingCost)}`;
  const better = rivals.filter(({ loss }) => 1 - loss > switchingCost).map(({ candidate }) => candidate);
  if (better.length === 0) {
    const { candidate, loss, days } = least(rivals, (rival) => rival.loss);
    return { champion, why: `stays: ${nameOf(candidate)} ${differing(loss)} ${where(days)}` };
  }
  const challenger = bestOf(better, unseen);
  const { loss, days } = compared(challenger, champion, unseen);
  return {
    champion: challenger,
    why: `took over from ${nameOf(champion)}: ${nameOf(challenger)} ${differing(loss)} ${where(days)}`,
  };
}

/** In words, what a loss in units of another's says of the two. */
function differing(loss: number): string {
  if (loss === 1) return 'was no better';
  if (loss === Number.POSITIVE_INFINITY) return 'was worse than one that lost nothing';
  return `was ${loss < 1 ? 'better' : 'worse'} by ${percent(Math.abs(1 - loss))}`;
}

/**
 * The best of the candidates, over so many of the newest held-out days at most: those that answered for most days first, each
 * takes the lead where it is better than the one that has it, on the days of both.
 */
function bestOf(candidates: readonly Candidate[], most?: number): Candidate {
  const longest = [...candidates].sort((a, b) => b.tuned.daily.length - a.tuned.daily.length);
  return longest.reduce((lead, next) => (compared(next, lead, most).loss < 1 ? next : lead));
}

/**
 * The loss of a candidate in units of another's, over the newest held-out days (`most` at most) that both answered for and both
 * are tuned to, and how many of these hold a window; 1 where neither lost anything.
 */
function compared(
  candidate: Candidate,
  other: Candidate,
  most = Number.POSITIVE_INFINITY,
): { readonly loss: number; readonly days: number } {
  const both = Math.min(candidate.tuned.daily.length, other.tuned.daily.length);
  const [own, its] = [candidate.onNewest(both).daily, other.onNewest(both).daily];
  let [sum, of, days] = [0, 0, 0];
  for (let back = 1; back <= Math.min(both, most); back++) {
    const [mine, theirs] = [own.at(-back)!, its.at(-back)!];
    sum += mine.sum;
    of += theirs.sum;
    days += Number(mine.count > 0);
  }
  return { loss: sum === of ? 1 : sum / of, days };
}

const nameOf = ({ forecaster }: Candidate): string => forecaster.name;

/** So exact that what is said agrees with what was decided, but for the last digit. */
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
