import { least } from '../kernel/least.ts';
import type { Tuned } from './calibrate.ts';
import type { Forecaster } from './forecaster.ts';

/** A forecaster with what it was worth on held-out days. */
export interface Candidate {
  readonly forecaster: Forecaster;
  readonly tuned: Tuned;
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
 * The candidate that serves. Two are compared on the held-out days that both answered for. Without a champion in use the best
 * by the yardstick (the first candidate), that itself unless another is better by 1 %. A champion in use stays unless a challenger was better by the switching cost on the days
 * after it was chosen: days that neither its choice nor any fit had seen. Undefined where there is no candidate. Pure.
 */
export function chooseChampion(
  candidates: readonly Candidate[],
  standing: StandingChampion | undefined,
  switchingCost: number = SWITCHING_COST,
): Verdict | undefined {
  const yardstick = candidates[0];
  if (yardstick === undefined) return undefined;
  const champion = candidates.find(({ forecaster }) => forecaster.name === standing?.model);
  return champion === undefined || standing === undefined
    ? firstChoice(candidates, yardstick)
    : challenged(candidates, champion, { unseen: standing.unseenDays, switchingCost });
}

function firstChoice(candidates: readonly Candidate[], yardstick: Candidate): Verdict {
  const best = least(candidates, (candidate) => relativeLoss(candidate, yardstick));
  const gain = 1 - relativeLoss(best, yardstick);
  return best !== yardstick && gain >= WORTH
    ? { champion: best, why: `better than ${nameOf(yardstick)} by ${percent(gain)} on the held-out days` }
    : { champion: yardstick, why: `no other is better than ${nameOf(yardstick)} by ${percent(WORTH)}` };
}

function challenged(
  candidates: readonly Candidate[],
  champion: Candidate,
  { unseen, switchingCost }: { readonly unseen: number; readonly switchingCost: number },
): Verdict {
  const rivals = candidates.filter((candidate) => candidate !== champion);
  if (rivals.length === 0) return { champion, why: 'there is no challenger' };
  if (unseen === 0) return { champion, why: 'no whole day has passed since it was chosen' };
  const lossOf = (candidate: Candidate): number => relativeLoss(candidate, champion, unseen);
  const challenger = least(rivals, lossOf);
  const gain = 1 - lossOf(challenger);
  const days = `on ${unseen} day(s) that neither had seen; a change costs ${percent(switchingCost)}`;
  const said = `${nameOf(challenger)} was ${gain >= 0 ? 'better' : 'worse'} by ${percent(Math.abs(gain))} ${days}`;
  return gain > switchingCost
    ? { champion: challenger, why: `took over from ${nameOf(champion)}: ${said}` }
    : { champion, why: `stays: ${said}` };
}

/**
 * The loss of a candidate in units of another's, over the newest held-out days (`most` of them at most) that both answered for;
 * 1 where neither lost anything, or no day is left.
 */
export function relativeLoss(candidate: Candidate, other: Candidate, most = Number.POSITIVE_INFINITY): number {
  const [own, its] = [candidate.tuned.daily, other.tuned.daily];
  let [sum, of] = [0, 0];
  for (let back = 1; back <= Math.min(own.length, its.length, most); back++) {
    const [mine, theirs] = [own.at(-back)!, its.at(-back)!];
    // A newest day shorter than a window has no loss.
    if (Number.isNaN(mine) || Number.isNaN(theirs)) continue;
    sum += mine;
    of += theirs;
  }
  return sum === of ? 1 : sum / of;
}

const nameOf = ({ forecaster }: Candidate): string => forecaster.name;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
