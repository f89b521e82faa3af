import { arimaAuto } from './arima/arima-auto.ts';
import { arimaFourier } from './arima-fourier.ts';
import { medianEnsemble } from './ensemble/median-ensemble.ts';
import { stackedEnsemble } from './ensemble/stacked-ensemble.ts';
import { weightedEnsemble } from './ensemble/weighted-ensemble.ts';
import type { Forecaster } from './forecaster.ts';
import { lagRegression } from './lag-regression.ts';
import { type AugursBytes, mstlEts } from './mstl-ets.ts';
import { networkForecaster } from './neural/network-forecaster.ts';
import type { NetworkModel } from './neural/network-model.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';
import { trendAndSeasons } from './trend-and-seasons.ts';

const DAY_MS = 86_400_000;

/** A forecaster by its name. */
interface Registered {
  readonly name: string;
  readonly make: (name: string, augurs: AugursBytes) => Forecaster;
}

const DAY_BEFORE: Registered = { name: 'seasonal-naive-day', make: (name) => seasonalNaive(name, DAY_MS) };
const WEEK_BEFORE: Registered = { name: 'seasonal-naive-week', make: (name) => seasonalNaive(name, 7 * DAY_MS) };

/** Candidates of every group: what they are worth and cost stands in docs/designs/0010-more-models.md. */
const DEFAULTS: readonly Registered[] = [
  DAY_BEFORE,
  WEEK_BEFORE,
  { name: 'mstl-ets', make: (_, augurs) => mstlEts(augurs) },
  { name: 'arima-fourier', make: () => arimaFourier },
];

/** Candidates where they are asked for by name. */
const FURTHER: readonly Registered[] = [
  { name: 'theta', make: () => theta },
  { name: 'lag-regression', make: (name) => lagRegression(name, 'raw') },
  { name: 'lag-regression-log', make: (name) => lagRegression(name, 'log') },
  { name: 'arima-auto', make: (name) => arimaAuto(name) },
  { name: 'trend-and-seasons', make: (name) => trendAndSeasons(name) },
];

type Ensemble = (name: string, members: readonly Forecaster[]) => Forecaster;

/** Each combines all candidates of every group. */
const combining = (name: string, ensemble: Ensemble): Registered => ({
  name,
  make: (named, augurs) =>
    ensemble(
      named,
      DEFAULTS.map((member) => member.make(member.name, augurs)),
    ),
});

const ENSEMBLES: readonly Registered[] = [
  combining('ensemble-median', medianEnsemble),
  combining('ensemble-weighted', weightedEnsemble),
  combining('ensemble-stacked', stackedEnsemble),
];

const REGISTRY: readonly Registered[] = [...DEFAULTS, ...FURTHER, ...ENSEMBLES];

/** Names of all forecasters that need no training of their own, the yardsticks first. */
export const FORECASTER_NAMES: readonly string[] = REGISTRY.map(({ name }) => name);

/** Names of those that are candidates unless others are asked for. */
export const DEFAULT_FORECASTERS: readonly string[] = DEFAULTS.map(({ name }) => name);

/**
 * The forecasters of these names, the yardsticks first: of two that score alike the earlier one wins. Trained networks come
 * last, and only those that are handed in. Names that are not registered are passed over.
 */
export const forecasters = (
  augurs: AugursBytes,
  networks: readonly NetworkModel[] = [],
  names: readonly string[] = DEFAULT_FORECASTERS,
): readonly Forecaster[] => [
  ...REGISTRY.filter(({ name }) => names.includes(name)).map(({ name, make }) => make(name, augurs)),
  ...networks.map(networkForecaster),
];
