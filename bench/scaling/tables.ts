import { ascending, quantileOfSorted } from '../../models/kernel/statistics.ts';
import type { Backtested } from './backtests.ts';
import { BASE, COMPARED, VARIATIONS } from './cases.ts';

/** J/J* of one policy on one series under one case; undefined where there is none. */
export const ratioOf = (runs: readonly Backtested[], at: { series: string; case: string; policy: string }) =>
  runs.find((run) => run.series === at.series && run.case === at.case)?.result?.policies[at.policy]?.ratio ?? undefined;

/** Geometric mean of what is there; undefined of nothing. */
export function geometricMean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined);
  if (known.length === 0) return undefined;
  return Math.exp(known.reduce((sum, value) => sum + Math.log(value), 0) / known.length);
}

const RESAMPLES = 4000;

/**
 * 95 % percentile interval of the geometric mean over resampled series. Seeded: the same ratios give the same interval.
 * Source: Efron & Tibshirani, An Introduction to the Bootstrap (1993) §13.
 */
export function bootstrapInterval(ratios: readonly number[]): readonly [number, number] {
  let state = 20_261_121;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    const drawn = ratios.map(() => ratios[Math.floor(random() * ratios.length)]!);
    return geometricMean(drawn)!;
  });
  const sorted = ascending(means);
  return [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)];
}

const cell = (value: number | undefined, digits = 4): string => (value === undefined ? '–' : value.toFixed(digits));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table of Markdown, its first column words and the others numbers. */
export const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

/** Every policy on every series under the base case, and the geometric means. */
export function baseTable(runs: readonly Backtested[], groups: Readonly<Record<string, readonly string[]>>): string {
  const ratio = (series: string, policy: string) => ratioOf(runs, { series, case: BASE.name, policy });
  const all = Object.values(groups).flat();
  const perSeries = all.map((series) => [
    series,
    ...COMPARED.map((policy) => cell(ratio(series, policy))),
    cell(share(ratio(series, 'prescale'), ratio(series, 'tuned-reactive')), 3),
  ]);
  const means = Object.entries(groups).map(([name, series]) => {
    const mean = (policy: string) => geometricMean(series.map((s) => ratio(s, policy)));
    return [
      `**geometric mean, ${name}**`,
      ...COMPARED.map((policy) => cell(mean(policy))),
      cell(share(mean('prescale'), mean('tuned-reactive')), 3),
    ];
  });
  return markdownTable(['series', ...COMPARED, 'prescale / tuned'], [...perSeries, ...means]);
}

/** Geometric means over the given series for each case, and how prescale stands to the tuned reactive rule. */
export function caseTable(runs: readonly Backtested[], series: readonly string[]): string {
  const rows = [BASE, ...VARIATIONS].map(({ name }) => {
    const ratio = (s: string, policy: string) => ratioOf(runs, { series: s, case: name, policy });
    const against = series
      .map((s) => share(ratio(s, 'prescale'), ratio(s, 'tuned-reactive')))
      .filter((value): value is number => value !== undefined);
    const [low, high] = bootstrapInterval(against);
    return [
      name,
      ...COMPARED.map((policy) => cell(geometricMean(series.map((s) => ratio(s, policy))))),
      `${cell(geometricMean(against), 3)} (${low.toFixed(3)}–${high.toFixed(3)})`,
      cell(against.length === 0 ? undefined : Math.max(...against), 3),
    ];
  });
  return markdownTable(['case', ...COMPARED, 'prescale / tuned (95 %)', 'dearest'], rows);
}

const share = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined ? undefined : part / whole;
