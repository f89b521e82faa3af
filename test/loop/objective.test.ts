import { describe, expect, it } from '@jest/globals';
import { type PolicyInput, policyJsonSchema, throughputOf } from '../../loop/policy.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { responseQuantile, waitQuantile } from '../../models/queue/erlang.ts';
import { policy, policyInput } from './fixtures.ts';
import { controlledGroup } from './tick/controlled-group.ts';

type Objective = NonNullable<PolicyInput['capacity']['objective']>;

const withObjective = (objective: Objective, throughputPerUnit = 1) => ({
  ...policyInput,
  capacity: { throughputPerUnit, objective },
});

/** Requests per second of a load that ten units carry within their utilisation (`loadOf`). */
const ARRIVALS = 0.98 * 10 * 0.8;

function leastUnits(late: (servers: number) => boolean): number {
  let servers = 1;
  while (late(servers)) servers++;
  return servers;
}

describe('a policy with an objective for delay', () => {
  it.each([
    {
      case: 'the wait',
      objective: { waitSeconds: 0.2, serviceSeconds: 1 },
      late: (servers: number) => waitQuantile({ arrivalRate: ARRIVALS, serviceSeconds: 1, servers }, 0.99) > 0.2,
    },
    {
      case: 'the response',
      objective: { quantile: 0.95, responseSeconds: 4, serviceSeconds: 1 },
      late: (servers: number) => responseQuantile({ arrivalRate: ARRIVALS, serviceSeconds: 1, servers }, 0.95) > 4,
    },
  ])('needs in each tick what Erlang-C asks for to keep $case', async ({ objective, late }) => {
    const { turn } = controlledGroup({ policy: { capacity: { throughputPerUnit: 1, objective } } });
    const { entry } = await turn();
    expect(entry.needNow).toBe(leastUnits(late));
  });

  it('has units that serve throughput × service time requests at once', () => {
    const { delay } = throughputOf(policy(withObjective({ waitSeconds: 0.1, serviceSeconds: 0.25 }, 40)));
    expect(delay).toEqual({
      quantile: 0.99,
      over: 'wait',
      seconds: 0.1,
      serviceSeconds: 0.25,
      serviceVariation: 1,
      serversPerUnit: 10,
    });
  });

  it('is fitted for by itself, and one without an objective as ever', () => {
    const objective = { waitSeconds: 0.2, serviceSeconds: 1 };
    expect(modelKeyOf(policy(withObjective(objective))).terms).not.toBe(modelKeyOf(policy()).terms);
    expect(throughputOf(policy())).toEqual({ perStep: 300, targetUtilisation: 0.8 });
    expect(modelKeyOf(policy()).terms).not.toContain('delay');
  });

  it('can be written into a JSON schema', () => {
    expect(JSON.stringify(policyJsonSchema())).toContain('responseSeconds');
  });

  it.each([
    { case: 'no limit', objective: { serviceSeconds: 1 }, says: 'name either "waitSeconds" or "responseSeconds"' },
    {
      case: 'two limits',
      objective: { serviceSeconds: 1, waitSeconds: 1, responseSeconds: 2 },
      says: 'name either "waitSeconds" or "responseSeconds"',
    },
    {
      case: 'a quantile of 99',
      objective: { quantile: 99, serviceSeconds: 1, waitSeconds: 1 },
      says: 'capacity.objective.quantile:',
    },
    { case: 'no time of service', objective: { serviceSeconds: 0, waitSeconds: 1 }, says: 'serviceSeconds:' },
    {
      case: 'a negative variation',
      objective: { serviceSeconds: 1, waitSeconds: 1, serviceVariation: -1 },
      says: 'serviceVariation:',
    },
    {
      case: 'units too slow for one request at once',
      objective: { serviceSeconds: 0.5, waitSeconds: 1 },
      says: 'a unit must serve at least one request at once, but throughputPerUnit × serviceSeconds is 0.5',
    },
    {
      case: 'a response shorter than service alone',
      objective: { serviceSeconds: 1, responseSeconds: 1.5 },
      says: 'no number of units keeps it',
    },
  ])('is refused with $case', ({ objective, says }) => {
    expect(() => policy(withObjective(objective))).toThrow(says);
  });

  it('is refused where the load does not count requests', () => {
    const metric = { ...policyInput.load.metric, statistic: 'Average' as const };
    const objective = { serviceSeconds: 1, waitSeconds: 1 };
    const input = { ...withObjective(objective), load: { ...policyInput.load, metric } };
    expect(() => policy(input)).toThrow('needs a load that counts requests');
  });
});
