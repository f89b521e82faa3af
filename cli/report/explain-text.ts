import type { DecisionEntry } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { leverName, mayAct } from './decision-facts.ts';
import {
  saidAction,
  saidConfirm,
  saidCounterfactual,
  saidForecast,
  saidGroup,
  saidLoad,
  saidOutcome,
  saidPrice,
} from './decision-words.ts';
import { dateTime, number } from './format.ts';
import { ruleWords } from './rule-words.ts';

const WIDTH = 100;
const INDENT = 12;

/**
 * One decision in plain language, for the terminal: what it saw, expected and chose, why, what bound it, what was done
 * and read back, what target tracking would have wanted, how far it was from the cheapest alternative. Lines of at most
 * 100 characters, times in UTC, a newline at the end. Control characters are left out, so that a name cannot steer the
 * terminal.
 */
export function explain(record: LedgerRecord): string {
  const { decision: entry } = record;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['saw', [saidLoad(entry.load), saidGroup(entry)]],
    ['expected', [saidForecast(entry)]],
    ['chose', choice(entry)],
    ['because', numbered(entry.decision?.reasons ?? [])],
    ['price', [saidPrice(entry)]],
    ['instead', [saidCounterfactual(entry)]],
    ['to write', sentences(saidAction(entry.action))],
    ['outcome', [saidOutcome(record)]],
    ['read back', [saidConfirm(record)]],
    ['replay', [replay(entry)]],
  ];
  const lines = parts.filter(([, texts]) => texts.length > 0).flatMap(([name, texts]) => paragraph(name, texts));
  return `${[headOf(entry), '', ...lines].map(printable).join('\n')}\n`;
}

const printable = (line: string): string => line.replace(/\p{Cc}/gu, ' ');

const headOf = ({ group, asOfMs, policyName, mode }: DecisionEntry): string =>
  `${group.name} at ${dateTime(asOfMs)}  (policy ${policyName}, mode ${mode})`;

function choice(entry: DecisionEntry): readonly string[] {
  const { decision, mode, needNow } = entry;
  if (decision === null) return [`Nothing: ${ruleWords(null)}.`];
  const now = needNow === null ? '' : ` The load of that moment needed ${number(needNow)}.`;
  const what = mayAct(mode)
    ? `${leverName(mode)} ${number(decision.target)}.`
    : `${number(decision.target)}, on paper.`;
  return [`${what}${now}`, `${decision.rule} had the last word: ${ruleWords(decision.rule)}.`];
}

const numbered = (reasons: readonly string[]): readonly string[] => reasons.map((reason, i) => `${i + 1}. ${reason}`);

const sentences = (writes: readonly string[]): readonly string[] => (writes.length === 0 ? ['Nothing.'] : writes);

function replay({ inputs, versions }: DecisionEntry): string {
  const by = `prescale ${versions.prescale}`;
  return inputs === null ? `By ${by}; its inputs were not archived.` : `By ${by}; inputs archived as ${inputs}.`;
}

function paragraph(name: string, texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => wrapped(text, WIDTH - INDENT))
    .map((line, i) => (i === 0 ? name.padEnd(INDENT) : ' '.repeat(INDENT)) + line);
}

/** Words of a text in lines of at most `width`; a longer word stands alone. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
