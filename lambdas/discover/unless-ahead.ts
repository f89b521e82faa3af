import { aheadOfClock } from '../../loop/ahead.ts';
import { instant } from '../../models/kernel/series.ts';
import type { RunClock } from '../shared/clock.ts';
import { METRIC } from '../shared/config.ts';
import type { RunContext } from '../shared/run-context.ts';
import type { Voice } from '../shared/voice.ts';
import { scheduledTime } from './scheduled-event.ts';

/**
 * Drops an event of a time that has not come, before anything remembers it: delivering it again would not mend it, and
 * the true event of that time must still be carried out.
 */
export const unlessAhead =
  <C extends Pick<RunContext, 'invokedFunctionArn'>>(
    { voice, clock }: { readonly voice: Voice; readonly clock: RunClock },
    fanOut: (event: unknown, context: C) => Promise<unknown>,
  ) =>
  async (event: unknown, context: C): Promise<unknown> => {
    const time = scheduledTime(event);
    if (time === undefined) return fanOut(event, context);
    const asOfMs = instant(Date.parse(time));
    clock.begin(asOfMs, context.invokedFunctionArn);
    const reason = aheadOfClock(asOfMs, clock.wall());
    if (reason === undefined) return fanOut(event, context);
    voice.error('an event of a time that has not come', { asOf: time, reason });
    voice.count(METRIC.ahead, 1);
    return { groups: 0 };
  };
