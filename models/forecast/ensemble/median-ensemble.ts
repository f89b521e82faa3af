import { accept } from '../../kernel/result.ts';
import { median } from '../../kernel/statistics.ts';
import type { Forecaster } from '../forecaster.ts';
import { answersOf } from './members.ts';

/**
 * Step by step the median of what the members expect: one that is far off moves it little. Members that decline are left
 * out; refuses as the first of them does where all decline. Cost: one fit of each member.
 * Source: Stock & Watson, Combination forecasts of output growth, J. of Forecasting 23 (2004).
 */
export const medianEnsemble = (name: string, members: readonly Forecaster[]): Forecaster => ({
  name,
  path(history, horizon) {
    const answers = answersOf(members, history, horizon);
    if (!answers.ok) return answers;
    const paths = answers.value.map(({ path }) => path);
    return accept(Float64Array.from({ length: horizon }, (_, k) => median(paths.map((path) => path[k]!))));
  },
});
