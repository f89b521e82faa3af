import type { BoostTask } from './boost-task.ts';

/** Rows that one tree sees, written to the front of an array, and those that it does not see. */
export type RowDraw = (order: Int32Array) => { readonly used: number; readonly rest: Int32Array };

/**
 * Draws a share of the rows that are learned from, at least one, ascending, without replacement; anew at each call. `rest`
 * is the same array each time. O(rows). Source: selection sampling, Knuth, TAOCP 2, §3.4.2, algorithm S.
 */
export function rowDraw({ target, trainRows }: BoostTask, share: number, random: () => number): RowDraw {
  const used = Math.max(1, Math.round(share * trainRows));
  const rest = Int32Array.from({ length: target.length - used }, (_, i) => used + i);
  return (order) => {
    let taken = 0;
    for (let row = 0; row < trainRows; row++) {
      if (used === trainRows || random() * (trainRows - row) < used - taken) order[taken++] = row;
      else rest[row - taken] = row;
    }
    return { used, rest };
  };
}

/** Draws a share of the columns, at least one, ascending; anew at each call. O(columns). Source: as for rows. */
export function columnDraw(columns: number, share: number, random: () => number): () => Int32Array {
  const used = Math.max(1, Math.round(share * columns));
  const all = Int32Array.from({ length: columns }, (_, f) => f);
  if (used === columns) return () => all;
  return () => {
    let taken = 0;
    return all.filter((f) => {
      const drawn = random() * (columns - f) < used - taken;
      if (drawn) taken++;
      return drawn;
    });
  };
}
