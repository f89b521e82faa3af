import type { CandidateScore } from '../../models/forecast/artefact.ts';

/** What has to be known to read the losses of candidates beside each other, a sentence each. */
export function lossesSaid(scores: readonly CandidateScore[]): readonly string[] {
  const answered = scores.filter(({ pinball }) => pinball !== null);
  // Older versions left no path errors, and compared without them.
  const byBoth = answered.length > 1 && answered.every(({ pathError }) => pathError !== null);
  const onOtherDays = new Set(answered.map(({ origins }) => origins)).size > 1;
  return [
    ...(byBoth ? ['Candidates are compared by the geometric mean of both.'] : []),
    ...(onOtherDays ? ['Losses compare between candidates of as many origins.'] : []),
  ];
}
