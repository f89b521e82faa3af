import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { BadInputError } from '../../models/kernel/errors.ts';

const Installation = z.object({
  table: z.string().min(1),
  bucket: z.string().min(1),
  tickQueueUrl: z.string().min(1),
  refitQueueUrl: z.string().min(1),
  noticesTopicArn: z.string().min(1),
  owner: z.string().min(1),
  /** The state machine that fits all workloads; absent where an older stack had none. */
  learnMachine: z.string().min(1).optional(),
  /** Minutes between two turns of the rule; null where no rule begins them, absent where an older stack did not say. */
  everyMinutes: z.number().int().positive().nullish(),
});

/** Where the parts of one deployed controller are; the stack writes it down for people's tools. */
export type Installation = Readonly<z.output<typeof Installation>>;

export interface InstallationAddress {
  /** Undefined: whatever the SDK finds in the shared configuration. */
  readonly region: string | undefined;
  /** Path of the parameters, for example `/prescale`. */
  readonly prefix: string;
}

/** Looking for credentials ends on most machines with asking a metadata service that is not there. */
const CREDENTIALS_WITHIN_MS = 2500;

/**
 * Reads where the controller's parts are, from the one parameter that the stack writes: that needs no right but
 * `ssm:GetParameter`. Throws `BadInputError` without region, without credentials (within seconds), and where no
 * controller is deployed; each says what to do.
 */
export async function readInstallation({ region, prefix }: InstallationAddress): Promise<Installation> {
  const client = new SSMClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2500, requestTimeout: 10_000, throwOnRequestTimeout: true },
    ...(region === undefined ? {} : { region }),
  });
  try {
    const where = await regionOf(client);
    await requireCredentials(client);
    return parsed(await parameter(client, `${prefix}/installation`, where), `${prefix}/installation`);
  } finally {
    client.destroy();
  }
}

async function regionOf(client: SSMClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (cause) {
    throw new BadInputError(
      'no AWS region: give --region, set AWS_REGION, or choose a profile that has one (AWS_PROFILE)',
      {},
      { cause },
    );
  }
}

async function requireCredentials(client: SSMClient): Promise<void> {
  const needed = 'sign in (aws sso login), set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  const expired = Symbol('expired');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof expired>((resolve) => {
    timer = setTimeout(() => resolve(expired), CREDENTIALS_WITHIN_MS);
  });
  try {
    const first = await Promise.race([client.config.credentials(), late]);
    if (first === expired) {
      throw new BadInputError(`no AWS credentials were found within ${CREDENTIALS_WITHIN_MS / 1000} s: ${needed}`);
    }
  } catch (cause) {
    if (cause instanceof BadInputError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new BadInputError(`no AWS credentials (${said}): ${needed}`, {}, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function parameter(client: SSMClient, name: string, region: string): Promise<string> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value ?? '';
  } catch (cause) {
    if (!(cause instanceof ParameterNotFound)) throw cause;
    throw new BadInputError(
      `no Prescale in ${region}: the parameter ${name} is not there; deploy with "npx cdk deploy", or give the --region where it is`,
      { region, name },
      { cause },
    );
  }
}

function parsed(text: string, name: string): Installation {
  const result = Installation.safeParse(jsonOf(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`);
  throw new BadInputError(
    `${name}: not a description of an installation: ${problems.join('; ')}; deploy the stack anew`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
