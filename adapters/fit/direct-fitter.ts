import type { Fitter } from '../../loop/fitter.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { fitWorkload } from '../../models/learn/fit-workload.ts';
import { forecasterFiles } from './forecaster-files.ts';

/** Fits in this thread: for programs that do nothing else meanwhile. A library that hangs hangs them. */
export function directFitter(): Fitter {
  const files = forecasterFiles();
  return {
    fit: async ({ window, options, standing, events, ...sources }) =>
      fitWorkload(window, options, {
        forecasters: forecasters(files, { ...sources, champion: standing?.model }),
        standing,
        events,
        donors: sources.donors,
      }),
  };
}
