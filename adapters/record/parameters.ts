import { GetParametersCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { attempted } from '../aws/aws-call-error.ts';

/** Names that one call may ask for. */
const NAMES_PER_CALL = 10;

type Texts = ReadonlyMap<string, string>;

/** Names that will be asked for together, and for each the call that will answer it. */
interface Gathering {
  readonly names: Set<string>;
  readonly calls: Promise<ReadonlyMap<string, Promise<Texts>>>;
}

/** Parameter Store under one path. Failures throw `AwsCallError`. */
export class Parameters {
  readonly #client: SSMClient;
  /** For example `/prescale`, without a slash at its end. */
  readonly prefix: string;
  #gathering: Gathering | undefined;

  constructor(client: SSMClient, prefix: string) {
    this.#client = client;
    this.prefix = prefix;
  }

  /**
   * The text of `<prefix>/<name>`; undefined when there is no such parameter. What is asked for at the same moment goes in
   * one call: an account may make forty a second, and a batch asks for its policies and the switch at once.
   */
  async read(name: string): Promise<string | undefined> {
    const whole = `${this.prefix}/${name}`;
    this.#gathering ??= this.#gather();
    this.#gathering.names.add(whole);
    return (await (await this.#gathering.calls).get(whole))?.get(whole);
  }

  async write(name: string, text: string): Promise<void> {
    const input = { Name: `${this.prefix}/${name}`, Value: text, Type: 'String', Overwrite: true } as const;
    await attempted('PutParameter', () => this.#client.send(new PutParameterCommand(input)));
  }

  #gather(): Gathering {
    const names = new Set<string>();
    const calls = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#gathering = undefined;
      return this.#ask([...names]);
    });
    return { names, calls };
  }

  /** For each name the call that answers it: one that fails fails nobody else. */
  #ask(names: readonly string[]): ReadonlyMap<string, Promise<Texts>> {
    const callOf = new Map<string, Promise<Texts>>();
    for (let first = 0; first < names.length; first += NAMES_PER_CALL) {
      const asked = names.slice(first, first + NAMES_PER_CALL);
      const call = this.#call(asked);
      for (const name of asked) callOf.set(name, call);
    }
    return callOf;
  }

  /** Parameters that do not exist are left out of the answer. */
  async #call(names: readonly string[]): Promise<Texts> {
    const input = { Names: [...names] };
    const { Parameters: found = [] } = await attempted('GetParameters', () =>
      this.#client.send(new GetParametersCommand(input)),
    );
    return new Map(
      found.flatMap(({ Name, Value }) => (Name === undefined || Value === undefined ? [] : [[Name, Value] as const])),
    );
  }
}
