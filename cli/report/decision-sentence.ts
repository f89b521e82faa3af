import type { DecisionEntry } from '../../loop/ledger.ts';
import { number } from '../page/format.ts';
import { leverName, mayAct } from './decision-facts.ts';
import type { Came } from './forecast-check.ts';
import { isGuard, rulingOf, rulingWords } from './ruling.ts';

/** Where the decision wants the lever, from where it stood, and what was ordered where that differs. On paper there is no lever, only a figure. */
export function saidMove({ decision, mode, groupFound }: DecisionEntry): string {
  if (decision === null) return 'Decided nothing';
  const to = number(decision.target);
  const lever = leverName(mode);
  if (!mayAct(mode)) return `Would have set ${lever} to ${to}, on paper, for mode ${mode} writes nothing`;
  const from = mode === 'desired' ? groupFound?.desired : groupFound?.minSize;
  if (from === undefined) return `Decided on ${lever} ${to}`;
  const ordered = groupFound?.desired === from ? '' : `, with ${number(groupFound?.desired)} ordered`;
  if (from === decision.target) return `Decided to keep ${lever} at ${to}${ordered}`;
  return `Decided to ${decision.target > from ? 'raise' : 'lower'} ${lever} from ${number(from)} to ${to}${ordered}`;
}

/**
 * One decision as a reader would tell it: what was decided, the plan's reasons, the guard that changed it, what reacting
 * alone would have done, and what came where that is known.
 */
export function saidInShort(entry: DecisionEntry, came: Came | null): string {
  const needed = came?.need ?? null;
  const after = needed === null ? '' : ` What came needed ${number(needed)} at most.`;
  return `${saidMove(entry)}${whyOf(entry)}.${reacting(entry)}${after}`;
}

/** `saidReacting` in fewer words, for a list of hundreds. */
function reacting({ needNow, counterfactual: c }: DecisionEntry): string {
  const now = needNow === null ? [] : [`the newest load needed ${number(needNow)}`];
  const wants = c.targetTracking50 ?? c.targetTracking70;
  const theirs = `target tracking wanted ${number(c.targetTracking50)} at 50 %, ${number(c.targetTracking70)} at 70 %`;
  const said = [...now, ...(wants === null ? [] : [theirs])];
  return said.length === 0 ? '' : ` Reacting alone: ${said.join('; ')}.`;
}

function whyOf(entry: DecisionEntry): string {
  const ruling = rulingOf(entry);
  const reasons = entry.decision?.reasons ?? [];
  const last = reasons.at(-1);
  if (ruling === null || last === undefined) return `: ${rulingWords(ruling)}`;
  if (!isGuard(ruling)) return `: ${reasons.join('; ')}`;
  const before = reasons.slice(0, -1).join('; ');
  return before === ''
    ? ` (the guard ${ruling} alone): ${last}`
    : `: ${before}; then the guard ${ruling} changed it: ${last}`;
}
