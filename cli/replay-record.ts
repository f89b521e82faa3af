import type { DecisionEntry } from '../loop/ledger.ts';
import type { Archive } from '../loop/ports.ts';
import { entryOf } from '../loop/record.ts';
import { readInputs } from '../loop/replay-inputs.ts';
import { concluded, draft } from '../loop/think.ts';
import type { ForecastArtefact } from '../models/forecast/artefact.ts';
import { BadInputError } from '../models/kernel/errors.ts';
import { instant } from '../models/kernel/series.ts';

/** One field that came out otherwise than it stands in the ledger. */
export interface Difference {
  /** Dotted path into the entry. */
  readonly field: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

export interface Replayed {
  readonly identical: boolean;
  readonly differences: readonly Difference[];
  readonly entry: DecisionEntry;
}

/**
 * Thinks a recorded decision again from its archived inputs and compares the two entries, field by field and number by
 * number, without tolerance. Throws `BadInputError` when the entry has no inputs or the archive does not hold them.
 */
export async function replayEntry(recorded: DecisionEntry, archive: Pick<Archive, 'get'>): Promise<Replayed> {
  if (recorded.inputs === null) {
    throw new BadInputError(
      'this tick made no decision (it could not read its group or policy), so there is nothing to replay',
    );
  }
  const text = await fetched(archive, recorded.inputs, 'inputs');
  const address = readInputs(text, undefined).inputs.modelAddress;
  const { inputs, answers } = readInputs(text, address === undefined ? undefined : await model(archive, address));
  const thought = concluded(inputs, draft(inputs), answers);
  const { group, policyName, asOfMs, versions } = recorded;
  const message = { version: 1, group, policyName, asOfMs: instant(asOfMs), fleetSize: 1 } as const;
  const entry = entryOf(inputs, thought, { message, version: versions.prescale, inputs: recorded.inputs });
  const found = differences('', plain(recorded), plain(entry));
  return { identical: found.length === 0, differences: found, entry };
}

async function fetched(archive: Pick<Archive, 'get'>, address: string, what: string): Promise<string> {
  const text = await archive.get(address);
  if (text !== undefined) return text;
  throw new BadInputError(`the archive does not hold the ${what} ${address} of this decision: is it the right one?`);
}

const model = async (archive: Pick<Archive, 'get'>, address: string): Promise<ForecastArtefact> =>
  // The address is the digest of the text: what comes back is what the tick itself had stored.
  JSON.parse(await fetched(archive, address, 'model')) as ForecastArtefact;

/** What the ledger can hold of an entry: JSON keeps every bit of a double. */
const plain = (entry: DecisionEntry): unknown => JSON.parse(JSON.stringify(entry));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function differences(field: string, recorded: unknown, replayed: unknown): readonly Difference[] {
  if (!isObject(recorded) || !isObject(replayed)) {
    return Object.is(recorded, replayed) ? [] : [{ field, recorded, replayed }];
  }
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(replayed)])];
  return keys.flatMap((key) => differences(field === '' ? key : `${field}.${key}`, recorded[key], replayed[key]));
}
