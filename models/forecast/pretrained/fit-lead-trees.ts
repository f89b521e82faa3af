import type { BoostData, BoostOptions, BoostRefusal } from '../../boost/boost-task.ts';
import { fitTrees } from '../../boost/boosted-trees.ts';
import { compacted } from '../../boost/tree-ensemble.ts';
import { accept, type Result } from '../../kernel/result.ts';
import { randomSource } from '../../kernel/rng.ts';
import { instant } from '../../kernel/series.ts';
import { POOLED_BOOST } from '../global/global-trees.ts';
import { leadGrid } from '../lead/lead-grid.ts';
import { leadRows } from '../lead/lead-rows.ts';
import { meanAbsoluteError } from '../metrics/mase.ts';
import { disturbedHistory } from './disturbed-history.ts';
import type { LeadTrees } from './lead-trees.ts';
import { type PretrainedRows, pretrainedRows } from './pretrained-rows.ts';

const HOUR_MS = 3_600_000;

/** Hours ahead that are learned; those between them are answered by the lead's column. */
const LEADS = [1, 2, 4, 8, 16, 24, 48, 72, 168] as const;

/** Hours between the origins that are learned from; shares no divisor with a day, so that each hour is one in turn. */
const STRIDE = 7;

/** Disturbed copies of each history: a load shifts and is disturbed more often than the series of a competition. */
const COPIES = 2;

/** A row counts as this many others at most, and as this share of one at least. */
const MOST_WEIGHT = 5;
const LEAST_WEIGHT = 0.05;

/** Digits of what a leaf adds: the file stays below 200 kB, and no forecast moves by a thousandth of its spread. */
const LEAF_DIGITS = 4;

/** Their number was chosen on histories held out and on loads' first halves: docs/designs/0005-forecasts.md, sixth round. */
const BOOST: BoostOptions = { ...POOLED_BOOST, trees: 500, seed: 1 };

/**
 * Grows trees on hourly histories and on disturbed copies of each (`disturbedHistory`): a row is one origin at one lead,
 * relative to the load's own level and spread; a row weighs what its error is worth in units of a repeated day's.
 *
 * Shapes: hourly values ≥ 0, NaN where nothing was observed.   Same histories: the same trees, bit for bit.
 * Refuses: histories none of which gives a row.   Cost: 200 histories of five weeks take two minutes and 1.6 GB.
 * Source: one model over many series, Montero-Manso & Hyndman, Int. J. of Forecasting 37 (2021); copies that are disturbed
 * widen what it has seen, as in Ansari et al., Chronos, TMLR (2024), §3.3.
 */
export function fitLeadTrees(histories: readonly Float64Array[]): Result<LeadTrees, BoostRefusal> {
  const random = randomSource(BOOST.seed);
  const copies = Array.from({ length: COPIES }, () => histories.map((history) => disturbedHistory(history, random)));
  const all = [...histories, ...copies.flat()];
  const parts = all.flatMap((history) => LEADS.flatMap((lead) => learnable(history, lead)));
  const trees = fitTrees(joined(parts), BOOST);
  return trees.ok ? accept({ version: 1, trees: compacted(trees.value, LEAF_DIGITS) }) : trees;
}

interface Part extends PretrainedRows {
  /** Rows that are learned from, and what each counts as. */
  readonly used: readonly number[];
  readonly weights: Float64Array;
}

/** The rows of a history at a lead; none where days repeat exactly, or nothing ever came. */
function learnable(history: Float64Array, lead: number): readonly Part[] {
  const series = { startMs: instant(0), stepMs: HOUR_MS, values: history, mayHaveBlanks: true } as const;
  const grid = leadGrid(series, lead * HOUR_MS);
  const rows = leadRows(grid);
  const dayError = meanAbsoluteError(rows.actual, rows.day);
  if (!(dayError > 0)) return [];
  const seen = pretrainedRows(grid, rows);
  const used: number[] = [];
  for (let i = 0; i < rows.origins; i += STRIDE) if (Number.isFinite(seen.rest[i]!)) used.push(i);
  const weights = seen.spread.map((spread, i) =>
    Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, (spread * rows.level[i]!) / dayError)),
  );
  return [{ ...seen, used, weights }];
}

/** One table of all parts. */
function joined(parts: readonly Part[]): BoostData {
  const rows = parts.reduce((sum, { used }) => sum + used.length, 0);
  const gathered = (of: (part: Part) => Float64Array): Float64Array => {
    const column = new Float64Array(rows);
    let at = 0;
    for (const part of parts) for (const i of part.used) column[at++] = of(part)[i]!;
    return column;
  };
  return {
    columns: (parts[0]?.columns ?? []).map((_, j) => gathered((part) => part.columns[j]!)),
    target: gathered(({ rest }) => rest),
    weights: gathered((part) => part.weights),
  };
}
