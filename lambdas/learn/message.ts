import { z } from 'zod';
import type { RefitJob } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';

/** One fit that is asked for, on the wire. */
export const Job = z.strictObject({
  policyName: z.string().min(1),
  workload: z.string().min(1),
  groupName: z.string().min(1),
  asOfMs: z.number().int().positive(),
  reason: z.string(),
  bootSeconds: z.number().int().min(0).optional(),
});

/** Reads the body of a message that asks for a fit. Throws `BadInputError` naming what is wrong with it. */
export function parseRefitJob(body: string): RefitJob {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new BadInputError('a fit was asked for by something that is not JSON', {}, { cause });
  }
  const parsed = Job.safeParse(json);
  if (parsed.success) return { ...parsed.data, asOfMs: instant(parsed.data.asOfMs) };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'job'}: ${issue.message}`);
  throw new BadInputError(`a fit was asked for by something that is no job: ${problems.join('; ')}`);
}
