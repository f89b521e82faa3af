import type { LedgerRecord } from '../../loop/ports.ts';
import { dateTime } from '../page/format.ts';
import { textTable } from '../table.ts';
import { decisionAccount, type Passage, type Told } from './decision-account.ts';
import { saidInShort } from './decision-sentence.ts';

const WIDTH = 100;
const INDENT = 14;

/**
 * One decision in plain language, for the terminal: the decision in short, then its account: what it saw, expected and
 * chose, why, what else was priced, what reacting alone would have done, what was done and read back. Lines of at most
 * 100 characters, times in UTC, a newline at the end. Control characters are left out, so that a name cannot steer the
 * terminal.
 */
export function explain(record: LedgerRecord): string {
  const { group, asOfMs, policyName, mode } = record.decision;
  const head = `${group.name} at ${dateTime(asOfMs)}  (policy ${policyName}, mode ${mode})`;
  const short = wrapped(saidInShort(record.decision, null), WIDTH);
  const lines = [head, '', ...short, '', ...decisionAccount(record, null).flatMap(paragraph)];
  return `${lines.map(printable).join('\n')}\n`;
}

const printable = (line: string): string => line.replace(/\p{Cc}/gu, ' ');

const paragraph = ({ name, told }: Passage): readonly string[] =>
  told.flatMap(linesOf).map((line, i) => ((i === 0 ? name : '').padEnd(INDENT) + line).trimEnd());

function linesOf(told: Told): readonly string[] {
  const width = WIDTH - INDENT;
  if (typeof told === 'string') return wrapped(told, width);
  if ('numbered' in told) return told.numbered.flatMap((one, i) => wrapped(`${i + 1}. ${one}`, width));
  return [...wrapped(told.caption, width), ...textTable(told.columns, told.rows).trimEnd().split('\n')];
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
