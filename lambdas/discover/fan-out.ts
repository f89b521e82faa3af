import { discover } from '../../loop/discover.ts';
import type { GroupReader, TickQueue } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { instant } from '../../models/kernel/series.ts';
import type { RunClock } from '../shared/clock.ts';
import { METRIC } from '../shared/config.ts';
import type { RunContext } from '../shared/run-context.ts';
import type { Voice } from '../shared/voice.ts';
import { scheduledTime } from './scheduled-event.ts';

export interface FanOutWiring {
  readonly ports: { readonly groups: GroupReader; readonly queue: TickQueue };
  readonly voice: Voice;
  readonly clock: RunClock;
}

/**
 * Asks for a tick of every tagged group at the event's time. Throws `BadInputError` on an event without a time.
 */
export const makeFanOut =
  ({ ports, voice, clock }: FanOutWiring) =>
  async (event: unknown, context: Pick<RunContext, 'invokedFunctionArn'>): Promise<{ readonly groups: number }> => {
    const time = scheduledTime(event);
    if (time === undefined)
      throw new BadInputError('not a scheduled event: it needs "time", an ISO-8601 instant in UTC');
    const asOfMs = instant(Date.parse(time));
    clock.begin(asOfMs, context.invokedFunctionArn);
    const found = await discover(asOfMs, ports);
    voice.info('discover', { asOf: time, ...found });
    voice.count(METRIC.discovered, found.groups);
    // Without groups no tick will run, and the silence would be taken for death.
    if (found.groups === 0) voice.count(METRIC.heartbeat, 1);
    return found;
  };
