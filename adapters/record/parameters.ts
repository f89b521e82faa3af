import { GetParameterCommand, ParameterNotFound, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { attempted, awsCallError } from '../aws/aws-call-error.ts';

/** Parameter Store under one path. Failures throw `AwsCallError`. */
export class Parameters {
  readonly #client: SSMClient;
  /** For example `/prescale`, without a slash at its end. */
  readonly prefix: string;

  constructor(client: SSMClient, prefix: string) {
    this.#client = client;
    this.prefix = prefix;
  }

  /** The text of `<prefix>/<name>`; undefined when there is no such parameter. */
  async read(name: string): Promise<string | undefined> {
    try {
      const input = { Name: `${this.prefix}/${name}` };
      return (await this.#client.send(new GetParameterCommand(input))).Parameter?.Value;
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw awsCallError('GetParameter', error);
    }
  }

  async write(name: string, text: string): Promise<void> {
    const input = { Name: `${this.prefix}/${name}`, Value: text, Type: 'String', Overwrite: true } as const;
    await attempted('PutParameter', () => this.#client.send(new PutParameterCommand(input)));
  }
}
