import type { CandidateScore } from '../../models/forecast/artefact.ts';

/** What has to be known to read the losses of candidates beside each other; nothing where all that answered have as many origins. */
export function lossesSaid(scores: readonly CandidateScore[]): string | undefined {
  const origins = new Set(scores.filter(({ pinball }) => pinball !== null).map((score) => score.origins));
  return origins.size > 1 ? 'Losses compare between candidates of as many origins.' : undefined;
}
