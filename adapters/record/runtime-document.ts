import { z } from 'zod';
import { SHORTAGES } from '../../loop/launches.ts';
import { newRuntimeState, type RuntimeState, TROUBLES } from '../../loop/runtime-state.ts';
import { units } from '../../models/kernel/units.ts';
import { DocumentError, parsedDocument } from './document.ts';

const capacity = z.number().int().min(0).transform(units);
const ms = z.number();

const Document = z.looseObject({
  version: z.literal(1),
  lastAsOfMs: ms,
  base: capacity.optional(),
  lastFloor: capacity.optional(),
  lastDesired: capacity.optional(),
  shadow: capacity.optional(),
  armed: z.object({ name: z.string(), startMs: ms, minSize: capacity, base: capacity }).optional(),
  lastScaleInMs: ms.optional(),
  recentWants: z.array(z.object({ asOfMs: ms, target: capacity })),
  blindSinceMs: ms.optional(),
  lastFreshNeed: capacity.optional(),
  unconfirmed: z
    .object({ asOfMs: ms, floor: capacity.optional(), desired: capacity.optional() })
    .transform(({ asOfMs, floor, desired }) => ({ asOfMs, floor, desired }))
    .optional(),
  lastRefitRequestMs: ms.optional(),
  lastRefitTerms: z.string().optional(),
  told: z
    .object({ trouble: z.enum(TROUBLES), lastSeenMs: ms })
    .optional()
    .catch(undefined),
  // Losing it tells a person twice, nothing else.
  rivalTold: z.literal('aws-predictive-scaling').optional().catch(undefined),
  advised: capacity.optional(),
  // Losing it costs another look at the group's launches, nothing else.
  launches: z
    .object({
      bootSeconds: z.array(z.number()),
      readUntilMs: ms,
      lookedMs: ms,
      unread: z.boolean(),
      inService: capacity,
      shortage: z.object({ atMs: ms, kind: z.enum(SHORTAGES), said: z.string() }).optional(),
      lead: z
        .object({
          configuredSeconds: z.number(),
          inForceSeconds: z.number().optional(),
          sinceMs: ms.optional(),
          askedSeconds: z.number().optional(),
          askedMs: ms.optional(),
        })
        .optional(),
    })
    .optional()
    .catch(undefined),
  // Losing it costs a longer read, nothing else.
  unstored: z.array(z.object({ metric: z.string(), stampsMs: z.array(ms), values: z.array(z.number()) })).catch([]),
});

/**
 * Reads a state as it was kept; fields that were undefined are absent from JSON. Unknown fields are kept: a newer version
 * may have written them. Throws `DocumentError` when it is no state of version 1: acting without it could mistake our own
 * floor for the owner's.
 */
export function runtimeStateOf(text: string, what: string): RuntimeState {
  const parsed = Document.safeParse(parsedDocument(text, what));
  if (parsed.success) return { ...newRuntimeState(), ...parsed.data };
  throw new DocumentError(`${what}: not a state of version 1: ${z.prettifyError(parsed.error)}`, { what });
}
