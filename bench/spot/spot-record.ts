import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BadInputError } from '../../models/kernel/errors.ts';
import {
  type AvailabilityChange,
  type RecordedAvailability,
  recordedAvailability,
} from '../../models/simulate/environment/recorded-availability.ts';

const HEADER = 'kind,nodes,set,zone_type,t_s,value';
/** The header is line 1. */
const FIRST_ROW = 2;

/**
 * The traces of a gzipped record of spot capacity (columns kind, nodes, set, zone_type, t_s, value), each begun at instant
 * 0 and named "kind nodes set zone_type"; null when there is no such file. Throws `BadInputError` with file and line when
 * it cannot be used.
 */
export function readSpotRecord(file: string): readonly RecordedAvailability[] | null {
  if (!existsSync(file)) return null;
  const [header = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw new BadInputError(`${file}: the header is "${header}"; needs "${HEADER}"`, { file });
  const record = recordedAvailability(lines.map(changeOf));
  if (record.ok) return record.value;
  const { kind, row } = record.refusal;
  throw new BadInputError(`${file}, line ${row + FIRST_ROW}: ${kind}: "${lines[row]}"`, {
    file,
    line: row + FIRST_ROW,
  });
}

function changeOf(line: string): AvailabilityChange {
  const [kind = '', nodes = '', set = '', zoneType = '', seconds = '', value = ''] = line.split(',');
  return {
    trace: [kind, nodes, set, zoneType].join(' '),
    seconds: numberOf(seconds),
    value: numberOf(value),
    asked: numberOf(nodes.replace(/-node$/, '')),
  };
}

/** NaN for what is no number, which the record refuses. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
