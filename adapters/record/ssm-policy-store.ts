import type { Policy } from '../../loop/policy.ts';
import type { PolicyRefusal, PolicyStore } from '../../loop/ports.ts';
import type { Result } from '../../models/kernel/result.ts';
import { BriefMemory } from '../aws/brief-memory.ts';
import { policyOfText, unknownPolicy } from '../observe/policy-of-text.ts';
import type { Parameters } from './parameters.ts';

/** A batch of one policy asks once. */
const REMEMBERED_MS = 1000;

/** Names that a policy may have; a tag may say anything, and a parameter's path must not. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** Policies as JSON in the parameters `<prefix>/policies/<name>`. */
export class SsmPolicyStore implements PolicyStore {
  readonly #parameters: Parameters;
  readonly #recent = new BriefMemory<Result<Policy, PolicyRefusal>>(REMEMBERED_MS);

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  async read(name: string): Promise<Result<Policy, PolicyRefusal>> {
    const where = `the parameters ${this.#parameters.prefix}/policies/`;
    if (!NAME.test(name)) return unknownPolicy(name, where);
    return this.#recent.ask(name, async () => {
      const text = await this.#parameters.read(`policies/${name}`);
      return text === undefined ? unknownPolicy(name, where) : policyOfText(name, text);
    });
  }
}
