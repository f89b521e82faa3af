import { z } from 'zod';
import { instant, type Series } from '../models/kernel/series.ts';

/** A history that a model was fitted to, as the archive keeps it: the same values, the same text. */
export const windowText = ({ startMs, stepMs, values }: Series): string =>
  JSON.stringify({ version: 1, startMs, stepMs, values: [...values] });

const Window = z.object({
  version: z.literal(1),
  startMs: z.number().transform(instant),
  stepMs: z.number().positive(),
  values: z.array(z.number()).transform((values) => Float64Array.from(values)),
});

/** The history that `windowText` wrote. Throws where the text is another's. */
export function windowOf(text: string): Series {
  const { startMs, stepMs, values } = Window.parse(JSON.parse(text));
  return { startMs, stepMs, values };
}
