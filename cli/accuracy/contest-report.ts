import { textTable } from '../table.ts';
import type { Contender, ContestRun } from './contest.ts';

const figuresOf = ({ smape, mase, owa }: Contender) => ({ sMAPE: smape, MASE: mase, OWA: owa });

/** What `accuracy --m4 --json` prints; its form is fixed, and undefined errors become null. */
export const contestJson = ({ series, auto, models }: ContestRun) => ({
  series,
  ...figuresOf(auto),
  models: Object.fromEntries(
    [...models, ['auto', auto] as const].map(([name, one]) => [
      name,
      { ...figuresOf(one), secondsPerSeries: one.secondsPerSeries },
    ]),
  ),
});

/** The same for people, the best model first. */
export function contestText({ series, auto, models }: ContestRun): string {
  const right = (title: string) => ({ title, align: 'right' as const });
  const ranked = [...models].sort(([, a], [, b]) => a.owa - b.owa);
  const row = (name: string, { smape, mase, owa, secondsPerSeries }: Contender): readonly string[] => [
    name,
    smape.toFixed(3),
    mase.toFixed(3),
    owa.toFixed(4),
    secondsPerSeries.toFixed(3),
  ];
  return [
    `${series} series\n`,
    textTable(
      [{ title: 'model', align: 'left' }, right('sMAPE'), right('MASE'), right('OWA'), right('seconds a series')],
      [row(`auto (${auto.chosen})`, auto), ...ranked.map(([name, one]) => row(name, one))],
    ),
  ].join('\n');
}
