import type { CandidateScore } from '../../models/forecast/artefact.ts';

/** What has to be known to read the losses of candidates beside each other, a sentence each. */
export function lossesSaid(scores: readonly CandidateScore[]): readonly string[] {
  const origins = new Set(scores.filter(({ pinball }) => pinball !== null).map((score) => score.origins));
  const ofOthers = 'Losses compare between candidates of as many origins.';
  return ['Candidates are compared by the geometric mean of both.', ...(origins.size > 1 ? [ofOthers] : [])];
}
