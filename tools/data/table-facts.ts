import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** What a gzipped CSV table says of itself; the manifest repeats it so that a changed file is noticed. */
export interface TableFacts {
  /** Data rows, the header not counted. */
  readonly rows: number;
  readonly columns: readonly string[];
  /** Empty cells per column, only the columns that have any. */
  readonly blanks: Readonly<Record<string, number>>;
  readonly span: { readonly from: string; readonly to: string; readonly stepSeconds: number };
}

/** Seconds of the first column: ISO-8601, or plain seconds from the start of the trace. */
const seconds = (cell: string): number => (/^\d+$/.test(cell) ? Number(cell) : Date.parse(cell) / 1000);

function stepOf(stamps: readonly string[]): number {
  const steps = new Set(stamps.slice(1).map((stamp, i) => seconds(stamp) - seconds(stamps[i] ?? '')));
  const [step] = steps;
  if (steps.size !== 1 || step === undefined || !(step > 0)) {
    throw new Error(
      `the time column needs one constant step, got ${[...steps].slice(0, 5).join(', ') || 'fewer than two rows'}`,
    );
  }
  return step;
}

/**
 * Reads the facts of a `.csv.gz` with one header row whose first column is the time.
 * Throws when rows differ in length, or when the time column is not a regular grid. O(rows × columns).
 */
export function tableFacts(gzipped: Uint8Array): TableFacts {
  const [columns = [], ...cells]: string[][] = parse(gunzipSync(gzipped));
  const counted = columns.map((name, i): [string, number] => [name, cells.filter((row) => row[i] === '').length]);
  const stamps = cells.map((row) => row[0] ?? '');
  return {
    rows: cells.length,
    columns,
    blanks: Object.fromEntries(counted.filter(([, blank]) => blank > 0)),
    span: { from: stamps[0] ?? '', to: stamps.at(-1) ?? '', stepSeconds: stepOf(stamps) },
  };
}
