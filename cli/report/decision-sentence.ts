import type { DecisionEntry } from '../../loop/ledger.ts';
import { leverName, mayAct } from './decision-facts.ts';
import { saidReacting } from './decision-words.ts';
import type { Came } from './forecast-check.ts';
import { number } from './format.ts';
import { isGuard, rulingOf, rulingWords } from './ruling.ts';

/** Where the decision wants the lever, from where it stood. On paper there is no lever, only a figure. */
export function saidMove({ decision, mode, groupFound }: DecisionEntry): string {
  if (decision === null) return 'Decided nothing';
  const to = number(decision.target);
  const lever = leverName(mode);
  if (!mayAct(mode)) return `Would have set ${lever} to ${to}, on paper, for mode ${mode} writes nothing`;
  const from = mode === 'desired' ? groupFound?.desired : groupFound?.minSize;
  if (from === undefined) return `Decided on ${lever} ${to}`;
  if (from === decision.target) return `Decided to keep ${lever} at ${to}`;
  return `Decided to ${decision.target > from ? 'raise' : 'lower'} ${lever} from ${number(from)} to ${to}`;
}

/**
 * One decision as a reader would tell it: what was decided, the plan's reasons, the guard that changed it, what reacting
 * alone would have done, and what came where that is known.
 */
export function saidInShort(entry: DecisionEntry, came: Came | null): string {
  const needed = came?.need ?? null;
  const after = needed === null ? '' : ` What came needed ${number(needed)} at most.`;
  return `${saidMove(entry)}${whyOf(entry)}. ${saidReacting(entry)}${after}`;
}

function whyOf(entry: DecisionEntry): string {
  const ruling = rulingOf(entry);
  const reasons = entry.decision?.reasons ?? [];
  const last = reasons.at(-1);
  if (ruling === null || last === undefined) return `: ${rulingWords(ruling)}`;
  if (!isGuard(ruling)) return `: ${reasons.join('; ')}`;
  const before = reasons.slice(0, -1).join('; ');
  return before === ''
    ? ` by the guard ${ruling}: ${last}`
    : `: ${before}; then the guard ${ruling} changed it: ${last}`;
}
