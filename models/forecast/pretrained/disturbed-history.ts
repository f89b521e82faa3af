import { normalOf } from '../../kernel/normal.ts';
import { mean } from '../../kernel/statistics.ts';

/** Noise keeps up to this share of itself from hour to hour: half of the time like a load's jitter, else like its drift. */
const JITTER = 0.9;

/** A shift multiplies all later hours by e to a normal number times this, a spike a few hours by e to a normal number. */
const SHIFT = 0.7;
const MOST_SHIFTS = 3;
const MOST_SPIKES = 10;
const MOST_SPIKE_HOURS = 6;

/**
 * A history with what happens to loads and seldom to the series of a competition: noise on all hours, up to as large as the
 * series' own deviation; the level shifts for good, one to three times; in half of the histories there are spikes. `random`
 * draws from [0, 1). Same history and draws: the same answer. O(hours).
 */
export function disturbedHistory(history: Float64Array, random: () => number): Float64Array {
  const disturbed = history.slice();
  addNoise(disturbed, random);
  for (let shifts = 1 + whole(MOST_SHIFTS, random); shifts > 0; shifts--) {
    scale(disturbed.subarray(whole(disturbed.length, random)), Math.exp(SHIFT * normal(random)));
  }
  for (let spikes = often(random) ? whole(MOST_SPIKES, random) : 0; spikes > 0; spikes--) {
    const at = whole(disturbed.length, random);
    scale(disturbed.subarray(at, at + 1 + whole(MOST_SPIKE_HOURS, random)), Math.exp(normal(random)));
  }
  return disturbed;
}

const often = (random: () => number): boolean => random() < 0.5;

/** A whole number from 0 to below `below`. */
const whole = (below: number, random: () => number): number => Math.floor(below * random());

const normal = (random: () => number): number => normalOf(random(), random());

function scale(hours: Float64Array, by: number): void {
  for (let i = 0; i < hours.length; i++) hours[i]! *= by;
}

function addNoise(hours: Float64Array, random: () => number): void {
  const size = random() * relativeDeviation(hours);
  const kept = often(random) ? JITTER * random() : JITTER + (1 - JITTER) * random();
  let noise = 0;
  for (let i = 0; i < hours.length; i++) {
    noise = kept * noise + Math.sqrt(1 - kept ** 2) * normal(random);
    hours[i]! *= Math.exp(size * noise);
  }
}

/** Standard deviation in units of the mean, of what was observed; 0 where the mean is not above 0. */
function relativeDeviation(hours: Float64Array): number {
  const known = hours.filter((load) => !Number.isNaN(load));
  const level = mean(known);
  return level > 0 ? Math.sqrt(mean(known.map((load) => (load - level) ** 2))) / level : 0;
}
