/** Windows for a network and what came after them, in the order of time. */
export interface Windows {
  readonly count: number;
  /** count × steps × inputs. */
  readonly inputs: Float32Array;
  /** count × leads. */
  readonly targets: Float32Array;
}

/** The rows of some windows, in the order given, as windows of their own. O(rows · size). */
export function pickWindows({ count, inputs, targets }: Windows, rows: ArrayLike<number>): Windows {
  const [wide, leads] = [inputs.length / count, targets.length / count];
  const picked = {
    count: rows.length,
    inputs: new Float32Array(rows.length * wide),
    targets: new Float32Array(rows.length * leads),
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    picked.inputs.set(inputs.subarray(row * wide, (row + 1) * wide), i * wide);
    picked.targets.set(targets.subarray(row * leads, (row + 1) * leads), i * leads);
  }
  return picked;
}
