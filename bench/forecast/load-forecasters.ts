import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import type { Tensors } from '../../adapters/tensors/open-tensors.ts';
import { fitArtefact } from '../../models/forecast/fit.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { FORECASTER_NAMES, forecasters } from '../../models/forecast/registry.ts';
import { accept } from '../../models/kernel/result.ts';
import type { Series } from '../../models/kernel/series.ts';
import { eachAlone } from './each-alone.ts';
import { NETWORK_KINDS, trainedNetworks } from './load-networks.ts';

/** What the controller learns from unless its policy says otherwise, and what a model sees that needs more than that. */
export const CONTROLLER_DAYS = 14;
export const LONG_DAYS = 28;

/** The lag regressions learn nothing from two weeks. */
const NEEDS_LONG = /^lag-regression/;

/** A quarter of an hour, and the level that a shortage twenty times as dear as capacity asks for: what a choice is made by. */
const WINDOW_MS = 900_000;
const LEVEL = 20 / 21;

/** The controller's own choice among its default candidates. */
export const CHOICE = 'prescale';

/** Models that learn more than a history's own coefficients, or combine others; the rest of the registry does neither. */
const LEARNING = /trees$|^ensemble/;

/** Names of all models, in two tables. */
export const STATISTICAL_NAMES: readonly string[] = FORECASTER_NAMES.filter((name) => !LEARNING.test(name));
export const LEARNING_NAMES: readonly string[] = [
  ...FORECASTER_NAMES.filter((name) => LEARNING.test(name)),
  'transfer-trees',
  ...NETWORK_KINDS,
  CHOICE,
];

/** A forecaster, and what it sees and has cost. */
export interface LoadForecaster {
  readonly forecaster: Forecaster;
  /** Days of history that it sees, the newest. */
  readonly days: number;
  /** CPU of what it learned once, before any path; 0 where each path is a fit. */
  readonly learnedMilliseconds: number;
}

/** What was known before any window of a load: its own first half, and those of the others. */
export interface LoadPast {
  readonly own: Series;
  readonly others: readonly Series[];
}

/**
 * Every forecaster of the registry, trees learned from the others' pasts, networks trained on the load's own, and the choice
 * among the default candidates. Networks are left out without a tensor library. Cost: ten CPU seconds.
 */
export function loadForecasters({ own, others }: LoadPast, tensors: Tensors | undefined): readonly LoadForecaster[] {
  const files = forecasterFiles();
  const registered = eachAlone(FORECASTER_NAMES).map((forecaster) => ({
    forecaster,
    days: NEEDS_LONG.test(forecaster.name) ? LONG_DAYS : CONTROLLER_DAYS,
    learnedMilliseconds: 0,
  }));
  const begun = process.cpuUsage();
  const transferred = forecasters(files, { names: [], donors: others });
  const { user, system } = process.cpuUsage(begun);
  const learned = (user + system) / 1000;
  return [
    ...registered,
    ...transferred.map((forecaster) => ({ forecaster, days: CONTROLLER_DAYS, learnedMilliseconds: learned })),
    ...(tensors === undefined ? [] : trainedNetworks(own, tensors)).map((one) => ({ ...one, days: CONTROLLER_DAYS })),
    { forecaster: choiceAmong(forecasters(files)), days: CONTROLLER_DAYS, learnedMilliseconds: 0 },
  ];
}

/** The path of whichever candidate a fit would choose; each fit chooses anew. */
const choiceAmong = (candidates: readonly Forecaster[]): Forecaster => ({
  name: CHOICE,
  path(history, horizon) {
    const windowSteps = Math.max(1, Math.round(WINDOW_MS / history.stepMs));
    const fitted = fitArtefact(history, { windowSteps, level: LEVEL, pathSteps: horizon }, candidates);
    return fitted.ok ? accept(Float64Array.from(fitted.value.path)) : fitted;
  },
});
