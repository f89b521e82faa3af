import type { MeasuredContest } from './contest.ts';
import { WITHOUT_PYTHON } from './python-rivals.ts';
import { shown } from './shown.ts';

/** As published, on all 414 series of the competition (docs/evaluation.md §1.1). */
const PUBLISHED = [
  { name: 'Naive2', sMAPE: 18.383, MASE: 2.395, OWA: 1 },
  { name: 'seasonal naive', sMAPE: 13.912, MASE: 1.193, OWA: 0.627 },
  { name: 'FFORMA', sMAPE: 11.506, MASE: 0.819, OWA: 0.484 },
  { name: 'ES-RNN, the winner', sMAPE: 9.328, MASE: 0.893, OWA: 0.44 },
  { name: 'Doornik et al., the best on these', sMAPE: 8.913, MASE: 0.801, OWA: 0.41 },
] as const;
const PUBLISHED_NAIVE = 0.627;

interface Row {
  readonly name: string;
  readonly sMAPE: number | null;
  readonly MASE: number | null;
  readonly OWA: number | null;
  /** The seasonal naive's on the same series. */
  readonly naive: number;
  readonly secondsPerSeries?: number;
}

/** Models of the contest, of other libraries, and what was published, the best first; `auto` is what the tool would take. */
export function contestTable({ series, models, rivals = {} }: MeasuredContest): string {
  const naive = models['seasonal-naive']?.OWA ?? Number.NaN;
  const measured = Object.entries({ ...models, ...rivals }).map(([name, one]): Row => ({ name, ...one, naive }));
  const published = PUBLISHED.map((one): Row => ({ ...one, name: `*${one.name}* ¹`, naive: PUBLISHED_NAIVE }));
  const rows = [...measured, ...published].sort((a, b) => (a.OWA ?? 9) - (b.OWA ?? 9)).map(rowOf);
  return `${series} series; \`auto\` chose on the last 48 h of the histories alone, and learns from all histories together. The models of
statsforecast and Prophet have the same histories: a season of 24 hours; MSTL and Prophet with a week beside it.
statsforecast's AutoARIMA is left out: at this season it takes hours. Seconds are wall-clock for Prescale's models, CPU for
the others.

| model | sMAPE | MASE | OWA | of the seasonal naive | seconds a series |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

¹ As published, on another set of series: all 414 of the competition, of which these are every other one.
${Object.keys(rivals).length === 0 ? `\n${WITHOUT_PYTHON}\n` : ''}`;
}

function rowOf({ name, sMAPE, MASE, OWA, naive, secondsPerSeries }: Row): string {
  const cells = [shown(sMAPE, 3), shown(MASE, 3), shown(OWA, 4), shown((OWA ?? Number.NaN) / naive, 3)];
  return `| ${name} | ${cells.join(' | ')} | ${shown(secondsPerSeries, 3)} |`;
}
