import { type Policy, policyOf } from '../../loop/policy.ts';

export const NAMESPACE = 'Prescale/Demo';
export const METRIC = 'RequestCount';
export const GROUP = 'demo-web';
export const PENALTY = 20;
export const BOOT_SECONDS = 300;
export const PUBLICATION_SECONDS = 120;

/** The utilisation at which the group's own target tracking steps in: the one above which a unit counts as short. */
export const OWN_TARGET = 0.8;

/** The policy that the demo's group is handed to. `perStep` is the load that one instance carries in five minutes. */
export const demoPolicy = (perStep: number): Policy =>
  policyOf({
    version: 1,
    name: 'demo',
    workload: 'demo-web',
    mode: 'floor',
    load: {
      source: 'total',
      metric: {
        namespace: NAMESPACE,
        name: METRIC,
        dimensions: { Site: 'nasa' },
        statistic: 'Sum',
        periodSeconds: 300,
      },
      missing: 'unknown',
      publicationDelaySeconds: PUBLICATION_SECONDS,
    },
    capacity: { throughputPerUnit: perStep / 300, targetUtilisation: OWN_TARGET },
    lead: { bootSeconds: BOOT_SECONDS },
    price: { shortagePenalty: PENALTY },
    history: { days: 13 },
  });
