import { z } from 'zod';
import { setting } from '../shared/environment.ts';

const DiscoverEnv = z.object({
  STATE_TABLE: setting.table,
  TICK_QUEUE_URL: setting.queueUrl,
  CLOCK: setting.clock,
});

/** The whole contract between the `Discover` construct and this function. */
export type DiscoverEnvName = keyof z.input<typeof DiscoverEnv>;

/** Parsed once for each cold start; throws when a setting is missing or impossible. */
export const readDiscoverEnv = (environment: NodeJS.ProcessEnv): z.output<typeof DiscoverEnv> =>
  DiscoverEnv.parse(environment);
