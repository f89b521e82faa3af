import { readFileSync, statSync } from 'node:fs';
import type { LedgerRecord } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import { parseLedgerRecord } from './ledger-schema.ts';
import { replaceFile } from './output/replace-file.ts';

/**
 * Reads an exported ledger: JSON lines, one record (decision, outcome, confirm) a line, in any order; blank lines are
 * skipped. Returns them by group name, then ascending by time. Throws `BadInputError` naming file, line, what stands
 * there and what is needed. O(n log n).
 */
export function readLedgerFile(path: string): readonly LedgerRecord[] {
  // The system's own refusal to read a folder does not say which one.
  if (statSync(path).isDirectory()) {
    throw new BadInputError(`${path}: this is a folder; a file with one ledger record a line is needed`);
  }
  const records: LedgerRecord[] = [];
  for (const [i, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() !== '') records.push(recordOf(line, `${path}:${i + 1}`));
  }
  if (records.length === 0)
    throw new BadInputError(`${path}: no ledger record in it; one JSON object a line is needed`);
  return records.sort(
    (a, b) => compare(a.decision.group.name, b.decision.group.name) || a.decision.asOfMs - b.decision.asOfMs,
  );
}

/** Writes records as `readLedgerFile` reads them; an existing file is replaced (`replaceFile`). */
export function writeLedgerFile(path: string, records: readonly LedgerRecord[]): void {
  replaceFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

function recordOf(line: string, where: string): LedgerRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new BadInputError(
      `${where}: not JSON: "${printable(line.slice(0, 40))}"; one ledger record a line is needed`,
      {},
      { cause },
    );
  }
  const parsed = parseLedgerRecord(value);
  if ('record' in parsed) return parsed.record;
  throw new BadInputError(`${where}: not a ledger record: ${parsed.problems}`);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A compressed or binary file must not write its bytes to the terminal. */
const printable = (text: string): string => text.replace(/[^ -~]/g, '?');
