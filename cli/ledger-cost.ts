import type { GroupId } from '../loop/ports.ts';
import { instant } from '../models/kernel/series.ts';
import type { Controller } from './shell.ts';

/** Published prices of us-east-1, US dollars per GB-month: DynamoDB standard storage, S3 standard storage. */
const GB_MONTH = { dynamodb: 0.25, s3: 0.023 } as const;
const BYTES_PER_GB = 1e9;
const DAY_MS = 86_400_000;

export interface KeptCost {
  readonly records: number;
  readonly bytes: number;
  /** Upper bound: as if every byte were in the dearer of the two stores. */
  readonly dollarsPerMonth: number;
}

/**
 * What one day of these groups' ledger and archived inputs occupies and costs a month to keep, from the entries of the last day
 * and the inputs of the newest. Reads one range and one object per group.
 */
export async function dayOfLedger(groups: readonly GroupId[], { ports }: Controller): Promise<KeptCost> {
  const now = ports.clock.wall();
  let [records, ledgerBytes, archiveBytes] = [0, 0, 0];
  for (const group of groups) {
    const day = await ports.ledger.range(group, { fromMs: instant(now - DAY_MS), toMs: instant(now + 1) });
    const address = day.at(-1)?.decision.inputs ?? undefined;
    const inputs = address === undefined ? undefined : await ports.archive.get(address);
    records += day.length;
    ledgerBytes += day.reduce((sum, record) => sum + Buffer.byteLength(JSON.stringify(record)), 0);
    archiveBytes += day.length * Buffer.byteLength(inputs ?? '');
  }
  const dollarsPerMonth = (ledgerBytes * GB_MONTH.dynamodb + archiveBytes * GB_MONTH.s3) / BYTES_PER_GB;
  return { records, bytes: ledgerBytes + archiveBytes, dollarsPerMonth };
}
