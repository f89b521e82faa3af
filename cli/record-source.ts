import type { GroupId, LedgerRecord } from '../loop/ports.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import { type EpochMs, instant } from '../models/kernel/series.ts';
import { readLedgerFile } from './ledger-file.ts';
import { isoOf } from './moment.ts';
import type { PeoplePorts } from './shell.ts';

/** How far back a tick is looked for from the time that a person gives. */
const LOOK_BACK_MS = 24 * 3_600_000;

/** The newest record at or before a time, out of records of one group ascending by time. */
function newestUntil(records: readonly LedgerRecord[], at: EpochMs | undefined): LedgerRecord | undefined {
  return records.findLast((record) => at === undefined || record.decision.asOfMs <= at);
}

/** From an exported ledger; throws `BadInputError` when the file holds several groups and none is named, or no such tick. */
export function recordFromFile(
  path: string,
  { group, at }: { readonly group: string | undefined; readonly at: EpochMs | undefined },
): LedgerRecord {
  const mine = recordsFromFile(path, group);
  const found = newestUntil(mine, at);
  if (found !== undefined) return found;
  const first = mine[0]!.decision.asOfMs;
  throw new BadInputError(`--at: no tick at or before that time in ${path}; the first is of ${isoOf(first)}`);
}

/** All records of one group in an exported ledger, ascending by time. */
export function recordsFromFile(path: string, group: string | undefined): readonly LedgerRecord[] {
  const records = readLedgerFile(path);
  const names = [...new Set(records.map((record) => record.decision.group.name))];
  if (group === undefined && names.length > 1) {
    throw new BadInputError(`${path} holds ${names.length} groups: choose with --group ${names.join(' | ')}`);
  }
  const mine = records.filter((record) => group === undefined || record.decision.group.name === group);
  if (mine.length > 0) return mine;
  throw new BadInputError(`--group: no record of "${group}" in ${path}; it holds ${names.join(', ')}`);
}

/** From the controller's ledger; throws `BadInputError` when there is no tick in the day before `at`. */
export async function recordFromLedger(
  group: GroupId,
  at: EpochMs | undefined,
  { ledger, clock }: Pick<PeoplePorts, 'ledger' | 'clock'>,
): Promise<LedgerRecord> {
  const until = at ?? clock.wall();
  const range = { fromMs: instant(until - LOOK_BACK_MS), toMs: instant(until + 1) };
  const found = (await ledger.range(group, range)).at(-1);
  if (found !== undefined) return found;
  throw new BadInputError(
    `no tick of "${group.name}" in the day before ${isoOf(until)}: is the time right, and does the schedule run (prescale doctor)?`,
  );
}
