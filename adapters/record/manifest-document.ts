import { z } from 'zod';
import { instant } from '../../models/kernel/series.ts';
import { Scores } from './model-document.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.number().transform(instant);

/** A manifest as it is kept. */
export const Manifest = z.object({
  version: z.literal(1),
  workload: z.string(),
  policyName: z.string(),
  asOfMs: moment,
  asked: z.string(),
  work: z.enum(['fit', 'refresh']),
  model: sha256,
  data: z.object({
    sha256,
    fromMs: moment,
    toMs: moment,
    stepMs: z.number().positive(),
    steps: z.number().int().min(0),
  }),
  seed: z.null(),
  /** Absent from fits of a version that asked no others. */
  donors: z.array(sha256).default([]),
  networks: z.array(z.object({ seed: z.number(), backend: z.string(), dataHash: z.string() })),
  versions: z.record(z.string(), z.string()),
  champion: z.object({ before: z.string().nullable(), after: z.string(), why: z.string().nullable() }),
  scores: Scores,
});
