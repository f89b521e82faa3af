import { arimaFourier } from './arima-fourier.ts';
import type { Forecaster } from './forecaster.ts';
import { type AugursBytes, mstlEts } from './mstl-ets.ts';
import { networkForecaster } from './neural/network-forecaster.ts';
import type { NetworkModel } from './neural/network-model.ts';
import { seasonalNaive } from './seasonal-naive.ts';

const DAY_MS = 86_400_000;

/**
 * All forecasters, the yardsticks first: of two that score alike the earlier one wins. Trained networks come last, and only
 * those that are handed in.
 */
export const forecasters = (augurs: AugursBytes, networks: readonly NetworkModel[] = []): readonly Forecaster[] => [
  seasonalNaive('seasonal-naive-day', DAY_MS),
  seasonalNaive('seasonal-naive-week', 7 * DAY_MS),
  mstlEts(augurs),
  arimaFourier,
  ...networks.map(networkForecaster),
];
