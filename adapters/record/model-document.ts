import { z } from 'zod';
import { instant } from '../../models/kernel/series.ts';

const share = z.number().min(0).max(1);

const step = z.number().int().positive();
const price = z.number().min(0);
const numbers = z.array(z.number());

const Direct = z.object({
  version: z.literal(1),
  fittedAtMs: z.number().transform(instant),
  stepMs: z.number().positive(),
  unit: z.number().positive(),
  lagDays: z.array(step),
  tail: numbers,
  averagesFrom: z.number().int().min(0),
  averages: numbers,
  highest: z.number().min(0),
  memoryHorizon: z.number().int().min(0),
  horizons: z
    .array(
      z.object({
        steps: step,
        coefficients: numbers,
        spread: numbers,
        leastSpread: z.number().positive(),
        edges: numbers,
        errors: z.array(numbers),
      }),
    )
    .min(1),
});

const Trial = z.object({
  bandShare: share,
  margin: z.number().positive(),
  steps: step,
  tunedAtMs: z.number().transform(instant).optional(),
  judgedUntilMs: z.number().transform(instant).optional(),
  bandPrice: price,
  reactivePrice: price,
});

const Record = z.object({
  seasons: z.array(z.object({ days: step, forecast: price, repeated: price, steps: z.number().min(0) })),
  slight: price,
  judgedUntilMs: z.number().transform(instant),
});

const Memory = z.object({ version: z.number(), untilMs: z.number(), hush: z.number().min(0), numbers });

const Learned = z.object({
  id: z.string(),
  name: z.string(),
  uplift: z.number().positive(),
  occurrences: z.number().int().min(0),
  windows: z.array(z.object({ fromMs: z.number().transform(instant), toMs: z.number().transform(instant) })),
});

/** What each candidate was worth, as it is kept. */
export const Scores = z.array(
  z.object({
    model: z.string(),
    pinball: z.number().nullable(),
    // Absent in what older versions left.
    pathError: z.number().nullable().default(null),
    refused: z.string().nullable(),
    origins: z.number().int().min(0),
  }),
);

/** What is learned of a workload, as it is kept. A field that is not named here is lost: the contract's sample has them all. */
export const Artefact = z.object({
  version: z.literal(1),
  model: z.string().min(1),
  fittedAtMs: z.number().transform(instant),
  stepMs: z.number().positive(),
  chosen: z.object({ atMs: z.number().transform(instant), steps: step, why: z.string().optional() }).optional(),
  path: z.array(z.number()),
  correction: z.object({ alpha: share, phi: share }),
  calibration: z.object({
    windowSteps: z.number().int().positive(),
    power: z.union([z.literal(0), z.literal(0.5), z.literal(1)]),
    scores: z.array(z.number()),
  }),
  scores: Scores,
  direct: Direct.optional(),
  trial: Trial.optional(),
  record: Record.optional(),
  memory: Memory.optional(),
  repairedSteps: step.optional(),
  events: z.array(Learned).optional(),
});
