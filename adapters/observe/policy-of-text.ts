import { type Policy, parsePolicy } from '../../loop/policy.ts';
import type { PolicyRefusal } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { accept, type Refused, type Result, refuse } from '../../models/kernel/result.ts';

/** Reads the text of the policy of that name; refuses a text that is none, and a document that names another. */
export function policyOfText(name: string, text: string): Result<Policy, PolicyRefusal> {
  try {
    const policy = parsePolicy(text, `policy "${name}"`);
    if (policy.name === name) return accept(policy);
    return refuse({ kind: 'bad-policy', reason: `policy "${name}": the document calls itself "${policy.name}"` });
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return refuse({ kind: 'bad-policy', reason: error.message });
  }
}

/** No policy of that name; `where` says where it was looked for. */
export const unknownPolicy = (name: string, where: string): Refused<PolicyRefusal> =>
  refuse({ kind: 'unknown-policy', reason: `no policy "${name}" in ${where}` });
