import { arimaFourier } from '../arima-fourier.ts';
import type { Forecaster } from '../forecaster.ts';
import type { Scale } from '../global/window.ts';
import { lagRegression } from '../lag-regression.ts';
import { type AugursBytes, mstlEts } from '../mstl-ets.ts';
import { naive2 } from '../naive2.ts';
import { seasonalNaive } from '../seasonal-naive.ts';
import { theta } from '../theta.ts';
import type { Combination } from './combine.ts';
import { DAY_HOURS } from './hourly-series.ts';

const DAY_MS = DAY_HOURS * 3_600_000;

/** A model that sees one series at a time. */
export interface SoloContender {
  readonly name: string;
  readonly model: (augurs: AugursBytes) => Forecaster;
}

/** Models that see one series at a time. */
export const SOLO: readonly SoloContender[] = [
  { name: 'seasonal-naive', model: () => seasonalNaive('seasonal-naive', DAY_MS) },
  { name: 'seasonal-naive-week', model: () => seasonalNaive('seasonal-naive-week', 7 * DAY_MS) },
  { name: 'naive2', model: () => naive2 },
  { name: 'theta', model: () => theta },
  { name: 'arima-fourier', model: () => arimaFourier },
  { name: 'lag-regression', model: () => lagRegression('lag-regression', 'raw') },
  { name: 'lag-regression-log', model: () => lagRegression('lag-regression-log', 'log') },
  { name: 'mstl-ets', model: mstlEts },
];

/** Trees grown on all histories of a file at once: what one series teaches, the others are forecast by. */
export interface PooledContender {
  readonly name: string;
  readonly scale: Scale;
  readonly seed: number;
}

/** Members of the pooled model: two seeds on two scales, whose errors differ enough to be worth a mean. */
export const POOLED: readonly PooledContender[] = [
  { name: 'raw-1', scale: 'raw', seed: 1 },
  { name: 'log-1', scale: 'log', seed: 1 },
  { name: 'raw-2', scale: 'raw', seed: 2 },
  { name: 'log-2', scale: 'log', seed: 2 },
];

/** A model made of others' paths; members come before it. */
export interface CombinedContender {
  readonly name: string;
  readonly by: Combination;
  readonly members: readonly string[];
}

/** Combinations, in the order in which they are made. */
export const COMBINED: readonly CombinedContender[] = [
  {
    name: 'statistical',
    by: 'median',
    members: ['seasonal-naive', 'theta', 'lag-regression', 'lag-regression-log', 'mstl-ets'],
  },
  { name: 'global-trees', by: 'mean', members: POOLED.map(({ name }) => name) },
  { name: 'trees-and-statistical', by: 'mean', members: ['global-trees', 'statistical'] },
];

/** Models whose path is used, the first that has one, where another model declined. */
export const STAND_INS = ['statistical', 'seasonal-naive'];

/** Whether a model has learned from more than the series that it forecasts. */
export const isPooled = (name: string): boolean =>
  POOLED.some((member) => member.name === name) ||
  COMBINED.some((one) => one.name === name && one.members.some(isPooled));
