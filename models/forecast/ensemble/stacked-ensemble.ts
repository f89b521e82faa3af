import { nonNegativeLeastSquares } from '../../kernel/non-negative-least-squares.ts';
import { accept } from '../../kernel/result.ts';
import { mean } from '../../kernel/statistics.ts';
import type { Forecaster } from '../forecaster.ts';
import { answersOf, type Held, heldAnswers, weighted } from './members.ts';

/** Equal weights count as much as this share of the days held back: three days are few to tell members apart by. */
const EQUALITY = 0.03;

/**
 * A combination of the members whose weights are not negative and, over the newest days, which the members had not seen,
 * leave the least squared error; drawn towards equal weights. The weights need not sum to 1: a bias of all is corrected.
 * Refuses a history of less than five days, and as the first member does where all decline. Cost: four fits of each member.
 * Source: Breiman, Stacked regressions, Machine Learning 24 (1996); weights by Lawson & Hanson.
 */
export const stackedEnsemble = (name: string, members: readonly Forecaster[]): Forecaster => ({
  name,
  path(history, horizon) {
    const held = heldAnswers(members, history);
    if (!held.ok) return held;
    const answers = answersOf(
      held.value.map(({ member }) => member),
      history,
      horizon,
    );
    if (!answers.ok) return answers;
    const present = answers.value.map(({ member }) => held.value.find((one) => one.member === member)!);
    return accept(
      weighted(
        answers.value.map(({ path }) => path),
        stackedWeights(present),
      ),
    );
  },
});

/** Held-back days in units of their usual load, and one more row for each member that asks for an equal weight. */
function stackedWeights(members: readonly Held[]): Float64Array {
  const actual = members[0]!.days.flatMap(({ actual }) => [...actual]);
  const unit = Math.sqrt(mean(actual.map((load) => load * load)));
  const equal = 1 / members.length;
  if (!(unit > 0)) return new Float64Array(members.length).fill(equal);
  const pull = Math.sqrt(EQUALITY * actual.length);
  const columns = members.map(({ days }, m) =>
    Float64Array.from([
      ...days.flatMap(({ path, actual }) => [...path.subarray(0, actual.length)].map((load) => load / unit)),
      ...members.map((_, other) => (other === m ? pull : 0)),
    ]),
  );
  const wanted = Float64Array.from([...actual.map((load) => load / unit), ...members.map(() => pull * equal)]);
  return nonNegativeLeastSquares(columns, wanted);
}
