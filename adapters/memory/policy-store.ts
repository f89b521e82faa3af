import { type Policy, type PolicyInput, parsePolicy } from '../../loop/policy.ts';
import type { PolicyRefusal, PolicyStore } from '../../loop/ports.ts';
import { accept, type Result } from '../../models/kernel/result.ts';
import { policyOfText, unknownPolicy } from '../observe/policy-of-text.ts';

/** Policies by name, as text that may be wrong: what is wrong with it is found out when it is read. */
export class MemoryPolicyStore implements PolicyStore {
  readonly #read = new Map<string, Result<Policy, PolicyRefusal>>();

  /** Writes the document under its own name. Throws `BadInputError` when it is no policy. */
  put(policy: PolicyInput): void {
    const parsed = parsePolicy(JSON.stringify(policy), 'policy');
    this.#read.set(parsed.name, accept(parsed));
  }

  /** Writes any text under a name. */
  putText(name: string, text: string): void {
    this.#read.set(name, policyOfText(name, text));
  }

  async read(name: string): Promise<Result<Policy, PolicyRefusal>> {
    return this.#read.get(name) ?? unknownPolicy(name, 'this world');
  }
}
