import { parentPort } from 'node:worker_threads';
import { type FitOptions, fitArtefact } from '../../models/forecast/fit.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import type { Series } from '../../models/kernel/series.ts';
import { augursBytes } from './augurs-bytes.ts';

/** What the fitter asks of its worker: one fit, then the worker ends. */
export interface FitRequest {
  readonly window: Series;
  readonly options: FitOptions;
}

parentPort?.once('message', ({ window, options }: FitRequest) => {
  parentPort?.postMessage(fitArtefact(window, options, forecasters(augursBytes())));
});
