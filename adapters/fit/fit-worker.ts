import { parentPort } from 'node:worker_threads';
import type { FitTask } from '../../loop/fitter.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { fitWorkload } from '../../models/learn/fit-workload.ts';
import { forecasterFiles } from './forecaster-files.ts';

parentPort?.once('message', ({ window, options, standing, events, ...sources }: FitTask) => {
  const candidates = forecasters(forecasterFiles(), { ...sources, champion: standing?.model });
  const given = { forecasters: candidates, standing, events, donors: sources.donors };
  parentPort?.postMessage(fitWorkload(window, options, given));
});
