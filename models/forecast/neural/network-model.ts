import type { EpochMs } from '../../kernel/series.ts';
import type { NetworkShape } from '../../neural/network-shape.ts';
import type { UnitKind } from './load-unit.ts';
import type { BaseKind } from './seasonal-base.ts';

/** A trained network as it is kept: what it reads, what it answers, how it came about. Plain JSON. */
export interface NetworkModel {
  readonly version: 1;
  readonly shape: NetworkShape;
  /** Steps of the load it was trained on; it reads no other. */
  readonly stepMs: number;
  /** Steps ahead that have outputs, ascending. */
  readonly leads: readonly number[];
  /** Quantiles of each lead, ascending, 0.5 among them. */
  readonly levels: readonly number[];
  readonly base: BaseKind;
  readonly unit: UnitKind;
  /** End of what it was trained and validated on: it has no say about a history that ends earlier. */
  readonly trainedUntilMs: EpochMs;
  readonly seed: number;
  /** Backend of the tensor library that trained it. */
  readonly backend: string;
  /** SHA-256 of the loads it was trained on, in hexadecimal. */
  readonly dataHash: string;
  /** Single precision, lowest byte first, in base64, in the order of `tensorsOf`. */
  readonly weights: string;
}
