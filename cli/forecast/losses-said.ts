import type { CandidateScore } from '../../models/forecast/artefact.ts';

/** What has to be known to read the losses of candidates beside each other, a sentence each. */
export function lossesSaid(scores: readonly CandidateScore[]): readonly string[] {
  const answered = scores.filter(({ pinball }) => pinball !== null);
  const onOtherDays = new Set(answered.map(({ origins }) => origins)).size > 1;
  return [
    ...(answered.length > 1 ? ['Candidates are compared by the geometric mean of both.'] : []),
    ...(onOtherDays ? ['Those of fewer origins answered for fewer days, and are compared on these.'] : []),
  ];
}
