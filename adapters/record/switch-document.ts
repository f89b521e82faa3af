import { z } from 'zod';
import type { Switch } from '../../loop/ports.ts';
import { ScalerError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import { jsonOf } from './history-document.ts';

/** A switch is set, and nobody can tell to what: the tick holds. */
export class SwitchUnreadableError extends ScalerError {
  override readonly code = 'SWITCH_UNREADABLE';
  override readonly retryable = true;
}

const Document = z.strictObject({
  verb: z.enum(['run', 'freeze', 'release']),
  /** Epoch milliseconds at which it ends by itself. */
  untilMs: z.number().positive().optional(),
  reason: z.string().default('no reason given'),
});

export const switchText = ({ verb, untilMs, reason }: Switch): string => JSON.stringify({ verb, untilMs, reason });

/** Reads a switch. Throws `SwitchUnreadableError`: an unknown order must not be taken for none. */
export function switchOf(text: string, where: string): Switch {
  const parsed = Document.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new SwitchUnreadableError(`${where}: not a switch: ${z.prettifyError(parsed.error)}`, { where });
  }
  const { verb, untilMs, reason } = parsed.data;
  return { verb, reason, untilMs: untilMs === undefined ? undefined : instant(untilMs) };
}
