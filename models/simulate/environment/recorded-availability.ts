import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Availability } from './scenario.ts';

/** One row of a record of spot capacity: what holds in one place from an instant until the place's next row. */
export interface AvailabilityChange {
  /** Whatever tells one trace from another: measurement, start, zone and type. */
  readonly trace: string;
  /** Since the trace began, ≥ 0. */
  readonly seconds: number;
  /** Units that could be had, of `asked`; −1 marks the end of the trace. */
  readonly value: number;
  /** Units that were asked for, ≥ 1. */
  readonly asked: number;
}

/** What was recorded of one place. */
export interface RecordedAvailability {
  readonly trace: string;
  /** Its last value holds for ever, so nothing can be said after `toMs`. */
  readonly availability: Availability;
  /** Where the record begins and ends, epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Why a record cannot be used; `row` counts from 0. */
export type RecordRefusal = {
  readonly kind: 'time-not-ascending' | 'value-out-of-range' | 'row-after-end' | 'no-end';
  readonly row: number;
};

const END = -1;

/**
 * Change points of every trace in a record, in the order in which the traces first appear; rows of different traces may
 * mix. A value is the share of the units asked for: of one unit 0 or 1, of four a quarter each. A trace's second 0 is put
 * at `startMs`; its end marker is no change point.
 * Refuses: stamps that do not ascend within a trace or are no numbers ≥ 0, values that are not whole or beyond what was
 * asked for, rows after the end marker, and a trace that has none (its last row is named). O(rows).
 */
export function recordedAvailability(
  rows: readonly AvailabilityChange[],
  startMs = 0,
): Result<readonly RecordedAvailability[], RecordRefusal> {
  const open = new Map<string, OpenTrace>();
  for (const [row, change] of rows.entries()) {
    const trace = open.get(change.trace) ?? { atMs: [], granted: [], endSeconds: null, lastSeconds: -1, lastRow: row };
    const bad = whyBad(trace, change);
    if (bad !== null) return refuse({ kind: bad, row });
    open.set(change.trace, trace);
    trace.lastSeconds = change.seconds;
    trace.lastRow = row;
    if (change.value === END) {
      trace.endSeconds = change.seconds;
      continue;
    }
    trace.atMs.push(startMs + 1000 * change.seconds);
    trace.granted.push(change.value / change.asked);
  }
  return closed(open, startMs);
}

interface OpenTrace {
  readonly atMs: number[];
  readonly granted: number[];
  endSeconds: number | null;
  lastSeconds: number;
  lastRow: number;
}

function whyBad(trace: OpenTrace, { seconds, value, asked }: AvailabilityChange): RecordRefusal['kind'] | null {
  if (trace.endSeconds !== null) return 'row-after-end';
  if (!(seconds > trace.lastSeconds && seconds >= 0 && Number.isFinite(seconds))) return 'time-not-ascending';
  const isEnd = value === END && trace.atMs.length > 0;
  const isShare = Number.isInteger(value) && Number.isInteger(asked) && value >= 0 && value <= asked && asked >= 1;
  return isEnd || isShare ? null : 'value-out-of-range';
}

function closed(
  open: ReadonlyMap<string, OpenTrace>,
  startMs: number,
): Result<readonly RecordedAvailability[], RecordRefusal> {
  const traces: RecordedAvailability[] = [];
  for (const [trace, { atMs, granted, endSeconds, lastRow }] of open) {
    if (endSeconds === null) return refuse({ kind: 'no-end', row: lastRow });
    traces.push({ trace, availability: { atMs, granted }, fromMs: atMs[0]!, toMs: startMs + 1000 * endSeconds });
  }
  return accept(traces);
}
