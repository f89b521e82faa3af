import type { ForecastErrors } from '../../models/forecast/metrics/owa.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { parseNumber } from '../trace-cells.ts';
import { readTable } from '../trace-table.ts';
import { badCell, columnsOf } from './hourly-file.ts';

const COLUMNS = ['series', 'naive2_smape', 'naive2_mase'] as const;

/**
 * Naive2's errors of some series, in their order, from CSV with `series,naive2_smape,naive2_mase`. Throws `BadInputError`
 * naming file, line, value and what was expected, also when a series is missing. O(rows).
 */
export function readScores(file: string, names: readonly string[]): readonly ForecastErrors[] {
  const table = readTable(file);
  const [series, ...errors] = columnsOf(table, COLUMNS);
  const scores = new Map<string, ForecastErrors>();
  for (let record = 1; record < table.records; record++) {
    const cells = table.cells(record);
    if (cells.length === 1 && cells[0]!.trim() === '') continue;
    const [smape, mase] = errors.map((column) => {
      const text = cells[column]?.trim() ?? '';
      const value = parseNumber(text);
      if (Number.isFinite(value) && value >= 0) return value;
      throw badCell(table, record, { value: text, expected: `a finite ${table.cells(0)[column]} of at least 0` });
    });
    scores.set((cells[series!] ?? '').trim(), { smape: smape!, mase: mase! });
  }
  return names.map((name) => {
    const found = scores.get(name);
    if (found !== undefined) return found;
    throw new BadInputError(`${file}: has no row of series "${name}"; expected one of each series that is scored`);
  });
}
