import type { ScalingPolicy } from '../policy.ts';
import { awsPredictive } from './aws-predictive.ts';
import { hist } from './hist.ts';
import { hpa } from './hpa.ts';
import { lcp } from './lcp.ts';
import { newsvendor } from './newsvendor.ts';
import { reg } from './reg.ts';
import { scheduled } from './scheduled.ts';
import { staticPeak } from './static-peak.ts';
import { stepScaling } from './step-scaling.ts';
import { targetTracking } from './target-tracking.ts';
import { tunedReactive } from './tuned-reactive.ts';

/** Every policy that can be replayed by name, in the order in which tables show them. */
export const policies: readonly ScalingPolicy[] = [
  ...[0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75].map(targetTracking),
  stepScaling,
  hpa(0.7),
  awsPredictive,
  scheduled,
  hist,
  reg,
  tunedReactive,
  lcp,
  newsvendor,
  staticPeak,
];

/** The policy of that name, if there is one. */
export const policyNamed = (name: string): ScalingPolicy | undefined => policies.find((policy) => policy.name === name);
