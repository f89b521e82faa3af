import type { Series } from '../kernel/series.ts';
import { arimaAuto } from './arima/arima-auto.ts';
import { arimaFourier } from './arima-fourier.ts';
import { calendarRegression } from './calendar-regression.ts';
import { medianEnsemble } from './ensemble/median-ensemble.ts';
import { stackedEnsemble } from './ensemble/stacked-ensemble.ts';
import { weightedEnsemble } from './ensemble/weighted-ensemble.ts';
import type { Forecaster } from './forecaster.ts';
import { lagRegression } from './lag-regression.ts';
import { type AugursBytes, mstlEts } from './mstl-ets.ts';
import { networkForecaster } from './neural/network-forecaster.ts';
import type { NetworkModel } from './neural/network-model.ts';
import type { LeadTrees } from './pretrained/lead-trees.ts';
import { pretrainedForecaster } from './pretrained/pretrained-forecaster.ts';
import { quantileTrees } from './quantile-trees.ts';
import { remembered } from './remembered.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { theta } from './theta.ts';
import { fitTransfer, TRANSFER_TREES, transferForecaster } from './transfer/transfer-trees.ts';
import { trendAndSeasons } from './trend-and-seasons.ts';

const DAY_MS = 86_400_000;

/** A forecaster by its name. */
interface Registered {
  readonly name: string;
  readonly make: (name: string, files: ForecasterFiles) => Forecaster;
}

/** What comes with Prescale and is no code: reading it is the shell's work. */
export interface ForecasterFiles {
  readonly augurs: AugursBytes;
  /** Trees that learned from other hourly series; called when a forecaster first needs them. */
  readonly leadTrees: () => LeadTrees;
}

/** What forecasters are made from beside code, and which are wanted. */
export interface ForecasterSources {
  /** Trained networks; they come last. */
  readonly networks?: readonly NetworkModel[] | undefined;
  /** Histories of other groups, at the same moment or before: `transfer-trees` learns from them. */
  readonly donors?: readonly Series[] | undefined;
  /**
   * Names of the forecasters that are wanted.
   * @default DEFAULT_FORECASTERS
   */
  readonly names?: readonly string[] | undefined;
  /** Name of the champion in use: a candidate as long as it serves, so that no new version of the defaults drops it unheard. */
  readonly champion?: string | undefined;
}

const DAY_BEFORE: Registered = { name: 'seasonal-naive-day', make: (name) => seasonalNaive(name, DAY_MS) };
const WEEK_BEFORE: Registered = { name: 'seasonal-naive-week', make: (name) => seasonalNaive(name, 7 * DAY_MS) };

/** Models that ensembles combine: what they are worth and cost stands in docs/designs/0010-more-models.md. */
const MEMBERS: readonly Registered[] = [
  DAY_BEFORE,
  WEEK_BEFORE,
  { name: 'arima-fourier', make: () => arimaFourier },
  { name: 'calendar-regression', make: (name) => calendarRegression(name) },
  { name: 'theta', make: () => theta },
  { name: 'pretrained-trees', make: (name, { leadTrees }) => pretrainedForecaster(name, leadTrees) },
];

/** Models that stand alone. */
const FURTHER: readonly Registered[] = [
  { name: 'mstl-ets', make: (_, { augurs }) => mstlEts(augurs) },
  { name: 'lag-regression', make: (name) => lagRegression(name, 'raw') },
  { name: 'lag-regression-log', make: (name) => lagRegression(name, 'log') },
  { name: 'arima-auto', make: (name) => arimaAuto(name) },
  { name: 'quantile-trees', make: (name) => quantileTrees(name, 0.5) },
  { name: 'trend-and-seasons', make: (name) => trendAndSeasons(name) },
];

type Ensemble = (name: string, members: readonly Forecaster[]) => Forecaster;

/** Combinations of all members. */
const ENSEMBLES: readonly { readonly name: string; readonly make: Ensemble }[] = [
  { name: 'ensemble-median', make: medianEnsemble },
  { name: 'ensemble-weighted', make: weightedEnsemble },
  { name: 'ensemble-stacked', make: stackedEnsemble },
];

/** Names of all forecasters that need no training of their own, the yardsticks first. */
export const FORECASTER_NAMES: readonly string[] = [...MEMBERS, ...FURTHER, ...ENSEMBLES].map(({ name }) => name);

/** Names of those that ensembles combine. */
export const ENSEMBLE_MEMBERS: readonly string[] = MEMBERS.map(({ name }) => name);

/**
 * Names of those that are candidates of every group unless others are asked for. They are few, for among many the one that
 * a few days speak for is often the luckiest.
 */
export const DEFAULT_FORECASTERS: readonly string[] = [
  'seasonal-naive-day',
  'seasonal-naive-week',
  'pretrained-trees',
  'ensemble-median',
];

/**
 * The forecasters of these names, the yardsticks first: of two that score alike the earlier one wins. After them
 * `transfer-trees`, where other groups' histories are handed in, and trained networks. Names that are not registered are
 * passed over. Members are remembered (`remembered`): an ensemble beside them fits none again. What donors teach is learned
 * at the first path that is asked for: that of `fitTransfer`.
 */
export function forecasters(
  files: ForecasterFiles,
  { networks = [], donors = [], names = DEFAULT_FORECASTERS, champion }: ForecasterSources = {},
): readonly Forecaster[] {
  const made = ({ name, make }: Registered): Forecaster => make(name, files);
  const members = MEMBERS.map(made).map(remembered);
  const isWanted = ({ name }: Pick<Registered, 'name'>): boolean => names.includes(name) || name === champion;
  const further = FURTHER.filter(isWanted).map(made);
  const ensembles = ENSEMBLES.map(({ name, make }) => make(name, members));
  return [
    ...[...members, ...further, ...ensembles].filter(isWanted),
    ...(donors.length === 0 ? [] : [transferred(donors)]),
    ...networks.map(networkForecaster),
  ];
}

/** What can be learned from the donors, once it is asked for; where that is nothing, a forecaster that says so. */
function transferred(donors: readonly Series[]): Forecaster {
  let learned: Forecaster | undefined;
  return {
    name: TRANSFER_TREES,
    path(history, horizon) {
      learned ??= learnedFrom(donors);
      return learned.path(history, horizon);
    },
  };
}

function learnedFrom(donors: readonly Series[]): Forecaster {
  const fitted = fitTransfer(donors);
  return fitted.ok ? transferForecaster(fitted.value) : { name: TRANSFER_TREES, path: () => fitted };
}
