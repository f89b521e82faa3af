import { median } from '../../kernel/statistics.ts';
import type { LeadGrid } from './lead-grid.ts';
import type { LeadModel, LeadSpan } from './lead-model.ts';
import { leadModels } from './lead-models.ts';
import type { LeadRows } from './lead-rows.ts';

/** What each model said at each row before its target was known. */
export interface LeadWalk {
  /** Rows before it were only learned from. */
  readonly from: number;
  /** Forecasts by model, one for each row from `from` on. */
  readonly forecasts: ReadonlyMap<string, Float64Array>;
}

/** Where a walk begins, and what it knows from elsewhere. */
export interface WalkOptions {
  /** First row that is answered for. */
  readonly from: number;
  /** What trees that learned elsewhere say at each row (`pretrainedPath`), where they are among the models. */
  readonly pretrained?: Float64Array | undefined;
}

/** Models whose forecasts have a median of their own: nobody else is as seldom far off. */
const COMBINED = [
  'regression',
  'regression-log',
  'trees',
  'usual-day',
  'seasonal-naive-day',
  'seasonal-naive-week',
] as const;

/**
 * Walks through the rows a day at a time: at its start every model is fitted to the rows whose targets are known then, and
 * answers for the origins of that day. What a model cannot answer yet, the day before answers. O(days) fits.
 */
export function walkLead(rows: LeadRows, grid: LeadGrid, { from, pretrained }: WalkOptions): LeadWalk {
  const { day, lead } = grid;
  const models = leadModels(rows, grid, pretrained);
  const room = rows.origins - from;
  const forecasts = new Map(models.map(({ name }) => [name, new Float64Array(room)]));
  for (let row = from; row < rows.origins; row += day) {
    const span = { known: Math.max(0, row - lead + 1), from: row, to: Math.min(rows.origins, row + day) };
    for (const model of models) forecasts.get(model.name)!.set(answered(model, span, rows), row - from);
  }
  const members = COMBINED.map((name) => forecasts.get(name)!);
  forecasts.set(
    'median',
    Float64Array.from({ length: room }, (_, i) => median(members.map((member) => member[i]!))),
  );
  return { from, forecasts };
}

const answered = (model: LeadModel, span: LeadSpan, rows: LeadRows): Float64Array => {
  const dayBefore = rows.day.subarray(span.from, span.to);
  // Origin by origin: what a later one of the day cannot be told must not change an earlier one's answer.
  return model.answer(span)?.map((load, i) => (Number.isFinite(load) ? load : dayBefore[i]!)) ?? dayBefore;
};
