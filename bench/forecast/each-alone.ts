import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import type { Forecaster } from '../../models/forecast/forecaster.ts';
import { forecasters } from '../../models/forecast/registry.ts';

/** Forecasters to be timed, each made by itself: an ensemble beside its members would have their answers for nothing. */
export function eachAlone(names: readonly string[]): readonly Forecaster[] {
  const files = forecasterFiles();
  return names.flatMap((name) => forecasters(files, { names: [name] }));
}
