import type { Fitter } from '../../loop/fitter.ts';
import { fitArtefact } from '../../models/forecast/fit.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { augursBytes } from './augurs-bytes.ts';

/** Fits in this thread: for programs that do nothing else meanwhile. A library that hangs hangs them. */
export function directFitter(): Fitter {
  const candidates = forecasters(augursBytes());
  return { fit: async (window, options) => fitArtefact(window, options, candidates) };
}
