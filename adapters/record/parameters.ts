import { GetParametersCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { attempted } from '../aws/aws-call-error.ts';

/** Names that one call may ask for. */
const NAMES_PER_CALL = 10;

type Texts = ReadonlyMap<string, string>;

/** Parameter Store under one path. Failures throw `AwsCallError`. */
export class Parameters {
  readonly #client: SSMClient;
  /** For example `/prescale`, without a slash at its end. */
  readonly prefix: string;
  /** Names that will be asked for together, and the answer to come. */
  #gathering: { readonly names: Set<string>; readonly texts: Promise<Texts> } | undefined;

  constructor(client: SSMClient, prefix: string) {
    this.#client = client;
    this.prefix = prefix;
  }

  /**
   * The text of `<prefix>/<name>`; undefined when there is no such parameter. What is asked for at the same moment goes in
   * one call: an account may make forty a second, and a batch asks for its policies and the switch at once.
   */
  async read(name: string): Promise<string | undefined> {
    this.#gathering ??= this.#gather();
    this.#gathering.names.add(`${this.prefix}/${name}`);
    return (await this.#gathering.texts).get(`${this.prefix}/${name}`);
  }

  async write(name: string, text: string): Promise<void> {
    const input = { Name: `${this.prefix}/${name}`, Value: text, Type: 'String', Overwrite: true } as const;
    await attempted('PutParameter', () => this.#client.send(new PutParameterCommand(input)));
  }

  #gather() {
    const names = new Set<string>();
    const texts = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#gathering = undefined;
      return this.#ask([...names]);
    });
    return { names, texts };
  }

  async #ask(names: readonly string[]): Promise<Texts> {
    const calls = Array.from({ length: Math.ceil(names.length / NAMES_PER_CALL) }, (_, i) =>
      this.#call(names.slice(i * NAMES_PER_CALL, (i + 1) * NAMES_PER_CALL)),
    );
    return new Map((await Promise.all(calls)).flat());
  }

  /** Parameters that do not exist are left out of the answer. */
  async #call(names: readonly string[]): Promise<readonly (readonly [string, string])[]> {
    const input = { Names: [...names] };
    const { Parameters: found = [] } = await attempted('GetParameters', () =>
      this.#client.send(new GetParametersCommand(input)),
    );
    return found.flatMap(({ Name, Value }) => (Name === undefined || Value === undefined ? [] : [[Name, Value]]));
  }
}
