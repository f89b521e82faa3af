import { Duration } from 'aws-cdk-lib';
import { z } from 'zod';
import type { PrescaleControllerProps } from '../stacks/prescale-controller.ts';

const PREFIX = 'prescale:';

/** Context comes from the command line as text and from cdk.json as JSON. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const Context = z.strictObject({
  schedule: z.enum(['enabled', 'disabled']).default('enabled'),
  everyMinutes: z.coerce.number().int().min(1).max(60).default(5),
  clock: z.enum(['system', 'event']).default('system'),
  ephemeral: flag.default(false),
  deployment: z.enum(['canary', 'all-at-once']).default('canary'),
  ledgerDays: z.coerce.number().int().min(2).max(3650).default(90),
  tracing: z.enum(['lambda', 'tracer', 'off']).default('lambda'),
  groupMetrics: flag.default(false),
  trainer: z.enum(['zip', 'image', 'none']).default('zip'),
  maxFloor: z.coerce.number().int().min(1).optional(),
});

/**
 * Reads what was given as `-c prescale:KEY=VALUE`. Throws when a key is unknown or a value impossible, naming both:
 * a mistyped key would otherwise deploy a schedule that was meant to be off.
 */
export function propsFromContext(context: Readonly<Record<string, unknown>>): PrescaleControllerProps {
  const ours = Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? [[key.slice(PREFIX.length), value] as const] : [],
    ),
  );
  const parsed = Context.safeParse(ours);
  if (!parsed.success) throw new Error(`context of Prescale: ${problemsOf(parsed.error).join('; ')}`);
  const { schedule, everyMinutes, clock, ephemeral, deployment, ledgerDays, tracing, groupMetrics, trainer, maxFloor } =
    parsed.data;
  return {
    scheduled: schedule === 'enabled',
    every: Duration.minutes(everyMinutes),
    clock,
    ephemeral,
    deployment,
    ledgerLife: Duration.days(ledgerDays),
    tracing,
    groupMetrics,
    trainer,
    ...(maxFloor === undefined ? {} : { maxFloor }),
  };
}

const problemsOf = (error: z.ZodError): readonly string[] =>
  error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown ${issue.keys.map((key) => `"${PREFIX}${key}"`).join(', ')}; known are ${Object.keys(Context.shape).join(', ')}`
      : `${PREFIX}${issue.path.join('.')}: ${issue.message}`,
  );
