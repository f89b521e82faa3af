import { z } from 'zod';
import type { TickMessage } from '../../loop/ports.ts';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { instant } from '../../models/kernel/series.ts';

const Message = z.strictObject({
  version: z.literal(1),
  group: z.strictObject({
    arn: z.string().startsWith('arn:'),
    name: z.string().min(1),
    account: z.string().min(1),
    region: z.string().min(1),
  }),
  policyName: z.string().min(1),
  asOfMs: z.number().int().positive(),
  fleetSize: z.number().int().positive(),
});

/** Reads the body of a tick message, or says why it is none. */
export function parseTickMessage(body: string): Result<TickMessage, string> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return refuse('not JSON');
  }
  const parsed = Message.safeParse(json);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`).join('; '),
    );
  }
  return accept({ ...parsed.data, asOfMs: instant(parsed.data.asOfMs) });
}
