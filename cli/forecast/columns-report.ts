import { isoOf } from '../moment.ts';
import { load as asLoad } from '../page/format.ts';
import { textTable } from '../table.ts';
import type { Trace } from '../trace.ts';
import type { ColumnForecast, ColumnsForecast } from './forecast-columns.ts';

/** A forecast of several loads as text: a column for each, and below which of them follows which. */
export function columnsText(
  { model, fittedSteps, startMs, loads }: ColumnsForecast,
  { file, dated, stepMs }: { readonly file: string; readonly dated: Trace['dated']; readonly stepMs: number },
): string {
  const starts = (after: number): string => {
    const ms = startMs + (after - 1) * stepMs;
    return dated ? isoOf(ms) : `${ms / 1000} s`;
  };
  const left = (title: string) => ({ title, align: 'left' as const });
  const right = (title: string) => ({ title, align: 'right' as const });
  const rows = loads[0]!.expected.map(({ after }, k) => [starts(after), ...loads.map((load) => cellOf(load, k))]);
  return [
    `${file}: ${model}, from ${fittedSteps} steps of ${stepMs / 1000} s${loads[0]!.quantiles === undefined ? '' : '; in brackets the outermost quantiles'}\n`,
    textTable([left('step starts'), ...loads.map(({ column }) => right(column))], rows),
    ...loads.flatMap((load) => followsText(load, stepMs)),
    '',
  ].join('\n');
}

function cellOf({ expected, quantiles }: ColumnForecast, k: number): string {
  const said = asLoad(expected[k]!.load);
  if (quantiles === undefined) return said;
  const levels = Object.keys(quantiles).sort((a, b) => Number(a) - Number(b));
  const [low, high] = [levels[0]!, levels.at(-1)!].map((level) => asLoad(quantiles[level]![k]!));
  return `${said} (${low} … ${high})`;
}

/** The three that count for most: a lag on each side of the true one is found as well. */
const TOLD = 3;

function followsText({ column, follows }: ColumnForecast, stepMs: number): readonly string[] {
  if (follows === undefined) return [];
  if (follows.length === 0) return [`\n${column} follows none of the others: it is forecast by itself`];
  const led = follows
    .slice(0, TOLD)
    .map(
      ({ column: from, lagSteps, weight }) =>
        `${from} ${(lagSteps * stepMs) / 60_000} min later (${weight.toFixed(2)})`,
    );
  return [`\n${column} follows ${led.join(', ')}`];
}
