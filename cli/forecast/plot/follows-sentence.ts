import { duration, fixed } from '../../page/format.ts';
import type { ColumnForecast } from '../forecast-columns.ts';

type Follow = NonNullable<ColumnForecast['follows']>[number];

/** Which loads one load follows, and how, as a sentence; none where the model does not tell. */
export function followsSentence({ column, follows }: ColumnForecast, stepMs: number): readonly string[] {
  if (follows === undefined) return [];
  if (follows.length === 0) return [`${column} follows none of the others: it is forecast by itself.`];
  return [
    `${column} ${strongestOfEach(follows)
      .map((follow) => inWords(follow, stepMs))
      .join('; and it ')}.`,
  ];
}

/** The lags beside the true one are found as well: of each load the strongest, which comes first, is told. */
const strongestOfEach = (follows: readonly Follow[]): readonly Follow[] =>
  follows.filter(({ column }, i) => follows.findIndex((other) => other.column === column) === i);

function inWords({ column, lagSteps, weight }: Follow, stepMs: number): string {
  const how = weight < 0 ? 'it falls where the other rises' : 'it rises where the other rises';
  return `follows ${column} ${duration((lagSteps * stepMs) / 1000)} later: ${how}, by ${fixed(Math.abs(weight), 2)} of its usual spread for each usual spread of the other`;
}
