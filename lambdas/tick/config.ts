import { z } from 'zod';
import { setting } from '../shared/environment.ts';

const TickEnv = z.object({
  STATE_TABLE: setting.table,
  STATE_BUCKET: setting.bucket,
  REFIT_QUEUE_URL: setting.queueUrl,
  NOTICES_TOPIC_ARN: setting.topicArn,
  PARAMETER_PREFIX: setting.parameterPrefix,
  OWNER: z.string().min(1).max(256),
  CLOCK: setting.clock,
  LEDGER_DAYS: setting.days,
  GROUP_METRICS: z.stringbool(),
  /** Minutes between two turns of the rule; `by-hand` where no rule begins them. */
  EVERY_MINUTES: z.union([z.literal('by-hand'), z.coerce.number().int().positive()]),
});

/** The whole contract between the `Tick` construct and this function. */
export type TickEnvName = keyof z.input<typeof TickEnv>;

/** What this function is told by its environment. */
export type TickSettingsFromEnv = z.output<typeof TickEnv>;

/** Parsed once for each cold start; throws when a setting is missing or impossible. */
export const readTickEnv = (environment: NodeJS.ProcessEnv): TickSettingsFromEnv => TickEnv.parse(environment);
