import { least } from '../kernel/least.ts';
import { type Candidate, type Comparison, compared } from './candidate.ts';

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
 * What a change of champion costs, as a share of the standing one's loss: on first halves changes for less gained
 * nothing (docs/designs/0009-learn.md).
 */
export const SWITCHING_COST = 0.05;

/**
 * The candidate that serves. Two are compared by peak and path, on the newest held-out days that both answered for. Without a
 * champion in use the best of those serves that are better than the yardstick, the first candidate, by 1 %; where there is none,
 * the yardstick. A champion in use stays unless challengers were better by the switching cost on the days after it was chosen:
 * days that neither its choice nor any fit had seen. Undefined where there is no candidate. Pure.
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
  if (candidates.length === 1) return { champion: yardstick, why: 'no other candidate answered' };
  const better = against(candidates, yardstick).filter(({ comparison }) => 1 - comparison.loss >= WORTH);
  if (better.length === 0) {
    return { champion: yardstick, why: `no other is better than ${nameOf(yardstick)} by ${percent(WORTH)}` };
  }
  const { candidate, comparison } = bestOf(better);
  return {
    champion: candidate,
    why: `${differing(comparison, nameOf(yardstick))} on ${comparison.days} held-out day(s)`,
  };
}

/** A candidate, beside the one that it has to beat. */
interface Rival {
  readonly candidate: Candidate;
  readonly comparison: Comparison;
}

/** All others, each compared with one over so many of the newest held-out days at most. */
const against = (candidates: readonly Candidate[], other: Candidate, most?: number): readonly Rival[] =>
  candidates
    .filter((candidate) => candidate !== other)
    .map((candidate) => ({ candidate, comparison: compared(candidate, other, most) }));

function challenged(
  candidates: readonly Candidate[],
  champion: Candidate,
  { unseen, switchingCost }: { readonly unseen: number; readonly switchingCost: number },
): Verdict {
  if (candidates.length === 1) return { champion, why: 'there is no challenger' };
  if (unseen === 0) return { champion, why: 'no whole day has passed since it was chosen' };
  const rivals = against(candidates, champion, unseen).filter(({ comparison }) => comparison.days > 0);
  if (rivals.length === 0) return { champion, why: 'no day since it was chosen holds a window that a challenger saw' };
  const said = ({ candidate, comparison }: Rival): string =>
    `${nameOf(candidate)} was ${differing(comparison)} on ${comparison.days} day(s) since it was chosen; a change costs ${percent(switchingCost)}`;
  const better = rivals.filter(({ comparison }) => 1 - comparison.loss > switchingCost);
  if (better.length === 0) {
    return { champion, why: `stays: ${said(least(rivals, ({ comparison }) => comparison.loss))}` };
  }
  const challenger = bestOf(better, unseen);
  return { champion: challenger.candidate, why: `took over from ${nameOf(champion)}: ${said(challenger)}` };
}

/** Losses from so many times another's on are not said exactly: the other may be nothing. */
const TIMES = 10;

/** In words, what a comparison says of two candidates. `than`: the other's name, where it has not been said. */
const differing = ({ loss, peak, path }: Comparison, than?: string): string =>
  `${byHowMuch(loss, than)} (peak ${byHowMuch(peak)}, path ${byHowMuch(path)})`;

function byHowMuch(loss: number, than?: string): string {
  const other = than === undefined ? '' : ` than ${than}`;
  if (loss === 1) return `no better${other}`;
  if (loss >= TIMES) return `worse${other}, ${TIMES} times or more`;
  return `${loss < 1 ? 'better' : 'worse'}${other} by ${percent(Math.abs(1 - loss))}`;
}

/**
 * The best of some candidates, over so many of the newest held-out days at most: those that answered for most days first, each
 * takes the lead where it is better than the one that has it, on the days of both.
 */
function bestOf(rivals: readonly Rival[], most?: number): Rival {
  const longest = [...rivals].sort((a, b) => b.candidate.tuned.daily.length - a.candidate.tuned.daily.length);
  return longest.reduce((lead, next) => (compared(next.candidate, lead.candidate, most).loss < 1 ? next : lead));
}

const nameOf = ({ forecaster }: Candidate): string => forecaster.name;

/** So exact that what is said agrees with what was decided, but for the last digit. */
const percent = (share: number): string =>
  share > 0 && share < 5e-5 ? 'less than 0.01 %' : `${(100 * share).toFixed(2)} %`;
