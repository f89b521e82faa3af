import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeLedgerFile } from '../../cli/ledger-file.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import type { Stage } from './stage.ts';

/** Where the decisions of a demo and what they were computed from are kept. */
export interface Kept {
  readonly ledger: string;
  readonly archive: string;
}

/** Writes the ledger and the archived inputs and models, so that `prescale explain` and `replay` work on them. */
export async function keepLedger(records: readonly LedgerRecord[], stage: Stage, folder: string): Promise<Kept> {
  const kept = { ledger: path.join(folder, 'ledger.jsonl'), archive: path.join(folder, 'archive') };
  rmSync(kept.archive, { recursive: true, force: true });
  mkdirSync(kept.archive, { recursive: true });
  writeLedgerFile(kept.ledger, records);
  const models = new Set<string>();
  for (const { decision } of records) {
    if (decision.inputs === null) continue;
    const text = await keep(decision.inputs, stage, kept.archive);
    const { modelAddress } = JSON.parse(text) as { readonly modelAddress?: string };
    if (modelAddress !== undefined) models.add(modelAddress);
  }
  for (const address of models) await keep(address, stage, kept.archive);
  return kept;
}

async function keep(address: string, stage: Stage, folder: string): Promise<string> {
  const text = await stage.archived(address);
  if (text === undefined) throw new Error(`the ledger names ${address}, which is not in the archive`);
  writeFileSync(path.join(folder, address), text);
  return text;
}
