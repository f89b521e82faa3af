import { z } from 'zod';
import { setting } from '../shared/environment.ts';

const LearnEnv = z.object({
  STATE_BUCKET: setting.bucket,
  PARAMETER_PREFIX: setting.parameterPrefix,
});

/** The whole contract between the `Learn` construct and this function. */
export type LearnEnvName = keyof z.input<typeof LearnEnv>;

/** Parsed once for each cold start; throws when a setting is missing or impossible. */
export const readLearnEnv = (environment: NodeJS.ProcessEnv): z.output<typeof LearnEnv> => LearnEnv.parse(environment);
