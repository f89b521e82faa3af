import type { CandidateScore } from '../models/forecast/artefact.ts';

/** A candidate's score in one line of the log. */
export function scoreText({ model, pinball, pathError, refused, origins }: CandidateScore): string {
  if (pinball === null) return `${model} refused: ${refused}`;
  const path = pathError === null ? '' : `, path ${pathError.toPrecision(4)}`;
  return `${model} ${pinball.toPrecision(4)} of ${origins}${path}`;
}
