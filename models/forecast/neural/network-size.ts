import type { NetworkShape } from '../../neural/network-shape.ts';
import { INPUTS } from './load-view.ts';

/** Leads that a network has outputs for unless it is told otherwise. */
const LEADS = 12;

/** Steps in one patch of an encoder. */
const PATCH = 6;

/** What a person chooses about a network. */
export interface NetworkSize {
  readonly kind: NetworkShape['kind'];
  /** Steps of one window; for a Transformer a multiple of 6. */
  readonly steps: number;
  /** Hidden units of an LSTM, width of a Transformer (a multiple of 4). */
  readonly size: number;
  readonly outputs: number;
}

/** A choice of a network whose outputs follow from what it shall answer. */
export interface NetworkWanted extends Omit<NetworkSize, 'outputs'> {
  /** How many steps ahead it reaches, and the levels that it knows there. */
  readonly horizonSteps: number;
  readonly levels: readonly number[];
  /** Loads that it answers for. @default 1 */
  readonly loads?: number;
}

/** The leads that a network has, and its shape: an output for each load, lead and level. */
export function networkFor({ horizonSteps, levels, loads = 1, ...size }: NetworkWanted) {
  const leads = leadsUpTo(horizonSteps);
  return { leads, shape: networkShape({ ...size, outputs: loads * leads.length * levels.length }) };
}

/** The shape that goes with such a choice: an encoder has two blocks of four heads, twice as wide inside. */
export const networkShape = ({ kind, steps, size, outputs }: NetworkSize): NetworkShape =>
  kind === 'lstm'
    ? { kind, steps, inputs: INPUTS, hidden: size, outputs }
    : { kind, steps, inputs: INPUTS, patch: PATCH, width: size, heads: 4, blocks: 2, inner: 2 * size, outputs };

/** At most twelve steps ahead from 1 to `furthest`: all of them where they are that few, else each further by the same share. */
export function leadsUpTo(furthest: number): readonly number[] {
  if (furthest <= LEADS) return Array.from({ length: furthest }, (_, i) => i + 1);
  const leads: number[] = [];
  for (let i = 0; i < LEADS; i++) {
    leads.push(Math.max((leads.at(-1) ?? 0) + 1, Math.round(furthest ** (i / (LEADS - 1)))));
  }
  return leads;
}
