import type { ScalingPolicy } from '../policy.ts';

/** Holds the largest need of the past for ever: what a fleet without scaling is sized for. Source: docs/evaluation.md §2.4. */
export const staticPeak: ScalingPolicy = {
  name: 'static-peak',
  start({ need }) {
    const capacity = need.reduce((most, n) => Math.max(most, n), 1);
    return () => ({ kind: 'desire', capacity });
  },
};
