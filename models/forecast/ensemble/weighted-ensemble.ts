import { accept } from '../../kernel/result.ts';
import { mean } from '../../kernel/statistics.ts';
import type { Forecaster } from '../forecaster.ts';
import { answersOf, type Held, heldAnswers, weighted } from './members.ts';

/**
 * The mean of the members, each weighed by the inverse of its mean squared error over the newest days, which it had not
 * seen. A member without any error stands alone. Refuses a history of less than five days, and as the first member does
 * where all decline. Cost: four fits of each member.
 * Source: Bates & Granger, The combination of forecasts, Operational Research Quarterly 20 (1969), without covariances.
 */
export const weightedEnsemble = (name: string, members: readonly Forecaster[]): Forecaster => ({
  name,
  path(history, horizon) {
    const held = heldAnswers(members, history);
    if (!held.ok) return held;
    const errors = new Map(held.value.map((one) => [one.member, squaredError(one)]));
    const answers = answersOf([...errors.keys()], history, horizon);
    if (!answers.ok) return answers;
    const known = answers.value.map(({ member }) => errors.get(member)!);
    return accept(
      weighted(
        answers.value.map(({ path }) => path),
        inverse(known),
      ),
    );
  },
});

const squaredError = ({ days }: Held): number =>
  mean(days.map(({ path, actual }) => mean(actual.map((load, i) => (load - path[i]!) ** 2))));

/** Weights that sum to 1, in inverse proportion to errors relative to the least, so that no size of load overflows. */
function inverse(errors: readonly number[]): readonly number[] {
  const least = Math.min(...errors);
  const raw = errors.map((error) => (error === least ? 1 : least / error));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}
