import { z } from 'zod';
import { BadInputError } from '../models/kernel/errors.ts';

/** A variable that is set to nothing is not set. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value.trim() === '' ? undefined : value.trim()));

const CliEnv = z.object({
  /** The SDK's own variable, and the one that the AWS command line reads beside it. */
  AWS_REGION: text,
  AWS_DEFAULT_REGION: text,
  /** Path under which the installation keeps its parameters; must match the stack. */
  PRESCALE_PREFIX: text.pipe(
    z
      .string()
      .regex(/^(\/[A-Za-z0-9_.-]+)+$/, { error: 'must be a parameter path such as /prescale' })
      .optional(),
  ),
  /** Anything but nothing or 0: stack traces on failure. */
  PRESCALE_DEBUG: text,
});

/** What the command line takes from its environment. */
export interface CliConfig {
  readonly region: string | undefined;
  readonly prefix: string;
  readonly debug: boolean;
  /** Variables by which the SDK is sent elsewhere (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, …), as they are set. */
  readonly endpoints: Readonly<Record<string, string>>;
}

function endpointsIn(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const named = Object.entries(env).filter(([name]) => /^AWS_ENDPOINT_URL(_|$)/.test(name));
  return Object.fromEntries(
    named.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}

/** Reads the environment; throws `BadInputError` naming the variable, what it holds and what is needed. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): CliConfig {
  const parsed = CliEnv.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `${name}: "${env[name] ?? ''}" ${issue.message}`;
    });
    throw new BadInputError(problems.join('; '));
  }
  const { AWS_REGION, AWS_DEFAULT_REGION, PRESCALE_PREFIX, PRESCALE_DEBUG } = parsed.data;
  return {
    region: AWS_REGION ?? AWS_DEFAULT_REGION,
    prefix: PRESCALE_PREFIX ?? '/prescale',
    debug: PRESCALE_DEBUG !== undefined && PRESCALE_DEBUG !== '0',
    endpoints: endpointsIn(env),
  };
}
