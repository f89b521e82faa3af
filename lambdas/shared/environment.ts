import { z } from 'zod';

/** Settings that several functions read the same way; each function's own schema picks from these. */
export const setting = {
  table: z.string().min(3),
  bucket: z.string().min(3),
  queueUrl: z.url(),
  topicArn: z.string().startsWith('arn:'),
  /** Path in Parameter Store, without a slash at its end. */
  parameterPrefix: z.string().regex(/^\/[\w./-]*\w$/, { error: 'must start with "/" and not end with one' }),
  /** Where "now" comes from. */
  clock: z.enum(['system', 'event']),
  days: z.coerce.number().int().positive(),
};

const Tracing = z.object({ POWERTOOLS_TRACE_ENABLED: z.stringbool().default(false) });

/** Whether segments are sent to X-Ray; the name is Powertools' own. Throws when the setting is neither yes nor no. */
export const readTracing = (environment: NodeJS.ProcessEnv): boolean =>
  Tracing.parse(environment).POWERTOOLS_TRACE_ENABLED;
