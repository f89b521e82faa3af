import { z } from 'zod';
import type { Samples } from '../../models/clean/load.ts';

const Document = z
  .object({ version: z.literal(1), timestampsMs: z.array(z.number()), values: z.array(z.number()) })
  .refine(({ timestampsMs, values }) => timestampsMs.length === values.length);

/** A day of samples as text; all values are finite. */
export const historyText = ({ timestampsMs, values }: Samples): string =>
  JSON.stringify({ version: 1, timestampsMs: [...timestampsMs], values: [...values] });

/** Reads a day of samples; undefined when the text is none. */
export function historyOf(text: string): Samples | undefined {
  const parsed = Document.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { timestampsMs, values } = parsed.data;
  return { timestampsMs: Float64Array.from(timestampsMs), values: Float64Array.from(values) };
}

/** What the text says, or undefined when it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
