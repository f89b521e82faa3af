import { z } from 'zod';

/** The one field of EventBridge's scheduled event that the loop needs: the moment that the tick is about. */
const Scheduled = z.looseObject({ time: z.iso.datetime() });

/** The event's time, or undefined where it has none. */
export function scheduledTime(event: unknown): string | undefined {
  const scheduled = Scheduled.safeParse(event);
  return scheduled.success ? scheduled.data.time : undefined;
}
