import { z } from 'zod';
import { aheadOfClock } from '../../loop/ahead.ts';
import { discover } from '../../loop/discover.ts';
import type { GroupReader, TickQueue } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import type { RunClock } from '../shared/clock.ts';
import { METRIC } from '../shared/config.ts';
import type { RunContext } from '../shared/run-context.ts';
import type { Voice } from '../shared/voice.ts';

export interface FanOutWiring {
  readonly ports: { readonly groups: GroupReader; readonly queue: TickQueue };
  readonly voice: Voice;
  readonly clock: RunClock;
}

/** The one field of EventBridge's scheduled event that the loop needs: the moment that the tick is about. */
const Scheduled = z.looseObject({ time: z.iso.datetime() });

/**
 * Asks for a tick of every tagged group at the event's time. Throws `BadInputError` on an event without a time. An event
 * of a time that has not come is dropped, because delivering it again would not mend it.
 */
export const makeFanOut =
  ({ ports, voice, clock }: FanOutWiring) =>
  async (event: unknown, context: Pick<RunContext, 'invokedFunctionArn'>): Promise<{ readonly groups: number }> => {
    const scheduled = Scheduled.safeParse(event);
    if (!scheduled.success)
      throw new BadInputError('not a scheduled event: it needs "time", an ISO-8601 instant in UTC');
    const asOfMs = instant(Date.parse(scheduled.data.time));
    clock.begin(asOfMs, context.invokedFunctionArn);
    const reason = aheadOfClock(asOfMs, clock.wall());
    if (reason !== undefined) {
      voice.error('an event of a time that has not come', { asOf: scheduled.data.time, reason });
      voice.count(METRIC.ahead, 1);
      return { groups: 0 };
    }
    const found = await discover(asOfMs, ports);
    voice.info('discover', { asOf: scheduled.data.time, ...found });
    voice.count(METRIC.discovered, found.groups);
    // Without groups no tick will run, and the silence would be taken for death.
    if (found.groups === 0) voice.count(METRIC.heartbeat, 1);
    return found;
  };
