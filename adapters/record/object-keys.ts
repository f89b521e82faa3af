import { metricKey } from '../../loop/metric-key.ts';
import type { HistoryKey, ModelKey } from '../../loop/ports.ts';
import { addressOf } from './address-of.ts';

/**
 * Objects of the state bucket, gzip-compressed JSON; what people bring may be plain.
 *
 * | object   | key                                                    |
 * |----------|--------------------------------------------------------|
 * | history  | `history/<workload>/<metric>/<yyyy-mm-dd>.json.gz`     |
 * | model    | `models/<workload>/<metric>/<terms>.json.gz`           |
 * | manifest | `models/<workload>/<metric>/<terms>.manifest.json.gz`  |
 * | network  | `networks/<workload>/<name>`, brought by people        |
 * | archive  | `archive/<SHA-256 of the text>.gz`                     |
 *
 * `<metric>` is a digest of namespace, name, dimensions, statistic and period, `<terms>` of what the fit was made for; a day is a UTC day. What is under
 * `archive/` expires with the ledger.
 */
const DIGEST = 16;

const digest = (text: string): string => addressOf(text).slice(0, DIGEST);

/** Encoded, because a key is no place for what a person may type: the policy's schema allows no slash, a caller might. */
const folder = ({ workload, metric }: HistoryKey): string =>
  `${encodeURIComponent(workload)}/${digest(metricKey(metric))}`;

export const dayObject = (key: HistoryKey, dayMs: number): string =>
  `history/${folder(key)}/${new Date(dayMs).toISOString().slice(0, 10)}.json.gz`;

const modelName = (key: ModelKey): string => `${MODELS}${folder(key)}/${digest(key.terms)}`;

export const modelObject = (key: ModelKey): string => `${modelName(key)}.json.gz`;

const MANIFEST = '.manifest.json.gz';

export const manifestObject = (key: ModelKey): string => `${modelName(key)}${MANIFEST}`;

/** Under which all models and manifests are. */
export const MODELS = 'models/';

/** The workload of a manifest's key; undefined for the key of anything else. */
export const workloadOfManifest = (object: string): string | undefined =>
  object.endsWith(MANIFEST) ? decodeURIComponent(object.slice(MODELS.length).split('/')[0] ?? '') : undefined;

export const networkFolder = (workload: string): string => `networks/${encodeURIComponent(workload)}/`;

export const archiveObject = (address: string): string => `archive/${address}.gz`;
