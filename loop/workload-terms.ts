import type { WorkloadOptions } from '../models/learn/fit-workload.ts';
import { ERROR_INFLATION } from './forecast.ts';
import { historyKeyOf } from './history.ts';
import {
  criticalRatioOf,
  type Policy,
  planHorizonsOf,
  stepMsOf,
  throughputOf,
  usualReachOf,
  windowStepsOf,
} from './policy.ts';
import type { ModelKey } from './ports.ts';
import { PATH_MS } from './window.ts';

/** What a policy asks a fit for. Pure. */
export const workloadOptionsOf = (policy: Policy): WorkloadOptions => ({
  windowSteps: windowStepsOf(policy),
  level: criticalRatioOf(policy),
  pathSteps: Math.ceil(PATH_MS / stepMsOf(policy)),
  plan: { horizons: planHorizonsOf(policy), leadSteps: usualReachOf(policy).bootSteps },
  trial: {
    ...usualReachOf(policy),
    throughput: throughputOf(policy),
    shortagePenalty: policy.price.shortagePenalty,
    inflation: ERROR_INFLATION,
  },
});

/**
 * Groups share a model when they share the workload, the metric and everything that the fit was made for: a group that
 * boots slower than its twin needs another one, and neither may displace the other's. Pure.
 */
export const modelKeyOf = (policy: Policy): ModelKey => ({
  ...historyKeyOf(policy),
  terms: JSON.stringify(workloadOptionsOf(policy)),
});
