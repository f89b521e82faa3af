import { randomSource } from '../kernel/rng.ts';
import type { FeatureTable } from './feature-table.ts';
import { mutualInformation } from './mutual-information.ts';
import { shuffled } from './shuffled.ts';

/** What a feature says about the target, in nats. */
export interface Informative {
  readonly index: number;
  readonly name: string;
  readonly information: number;
}

export interface SelectionOptions {
  /** Most features that are kept. */
  readonly most: number;
  /** Decides the shuffles that say what chance looks like. */
  readonly seed: number;
}

/** Shuffles of the target that a feature has to beat, all of them. */
const SHUFFLES = 5;

/** A feature whose information about one already kept is this share of that one's own says nothing new. */
const SAME = 0.95;

/**
 * Features by what they say about the target, the most first: those that beat every one of five shuffled targets and do
 * not repeat one that is kept already, at most `most` of them. To be given the rows that are learned from, and no others.
 * Cost: O(columns · (kept + 6) · rows log rows). Deterministic.
 * Source: filter by mutual information, Battiti, IEEE Trans. Neural Networks 5 (1994); the random probe, Guyon &
 * Elisseeff, JMLR 3 (2003) §3.
 */
export function selectFeatures(table: FeatureTable, { most, seed }: SelectionOptions): readonly Informative[] {
  const random = randomSource(seed);
  const probes = Array.from({ length: SHUFFLES }, () => shuffled(table.target, random));
  const ranked = table.columns
    .map((column, index) => ({
      index,
      name: table.names[index]!,
      information: mutualInformation(column, table.target),
    }))
    .sort((a, b) => b.information - a.information || a.index - b.index);
  const kept: Informative[] = [];
  for (const feature of ranked) {
    if (kept.length >= most) break;
    const column = table.columns[feature.index]!;
    const byChance = probes.some((probe) => mutualInformation(column, probe) >= feature.information);
    if (!byChance && !kept.some((one) => repeats(column, table.columns[one.index]!))) kept.push(feature);
  }
  return kept;
}

const repeats = (column: Float64Array, kept: Float64Array): boolean =>
  mutualInformation(column, kept) >= SAME * mutualInformation(kept, kept);
