import { describe, expect, it } from '@jest/globals';
import {
  criticalRatioOf,
  parsePolicy,
  policyJsonSchema,
  throughputPerStepOf,
  windowStepsOf,
} from '../../loop/policy.ts';
import { policy, policyInput } from './fixtures.ts';

const text = (changes: object): string => JSON.stringify({ ...policyInput, ...changes });

describe('parsePolicy', () => {
  it.each([
    { case: 'an unknown key', given: text({ moode: 'floor' }), says: 'unknown key "moode"' },
    {
      case: 'an unknown key further down',
      given: text({ price: { unitHours: 1 } }),
      says: 'price: unknown key "unitHours"',
    },
    { case: 'an unknown mode', given: text({ mode: 'on' }), says: 'mode:' },
    {
      case: 'a utilisation above 1',
      given: text({ capacity: { throughputPerUnit: 1, targetUtilisation: 80 } }),
      says: 'capacity.targetUtilisation:',
    },
    { case: 'a negative penalty', given: text({ price: { shortagePenalty: -1 } }), says: 'price.shortagePenalty:' },
    { case: 'text in a number', given: text({ cadenceSeconds: '300' }), says: 'cadenceSeconds:' },
    { case: 'a missing part', given: JSON.stringify({ version: 1 }), says: 'load:' },
    { case: 'another version', given: text({ version: 2 }), says: 'version:' },
    { case: 'a file that is not JSON', given: '{', says: 'not JSON' },
    {
      case: 'a per-target metric, whose forecast would erase itself',
      given: text({
        load: { ...policyInput.load, metric: { ...policyInput.load.metric, name: 'RequestCountPerTarget' } },
      }),
      says: 'name the total',
    },
    {
      case: 'a utilisation that is zero when it is missing',
      given: text({ load: { ...policyInput.load, source: 'utilisation', missing: 'zero' } }),
      says: 'a missing utilisation is never zero load',
    },
    {
      case: 'a period that does not divide a day',
      given: text({ load: { ...policyInput.load, metric: { ...policyInput.load.metric, periodSeconds: 420 } } }),
      says: 'must be a multiple of 60 that divides a day',
    },
    {
      case: 'a utilisation as the total load',
      given: text({
        load: {
          ...policyInput.load,
          metric: { ...policyInput.load.metric, name: 'CPUUtilization', statistic: 'Average' },
        },
      }),
      says: 'a utilisation falls when instances are added',
    },
    { case: 'a boot of a year', given: text({ lead: { bootSeconds: 31_536_000 } }), says: 'lead.bootSeconds:' },
    {
      case: "a dead-man's switch that two missed turns would fire",
      given: text({ cadenceSeconds: 600, guards: { deadManMinutes: 39 } }),
      says: 'guards.deadManMinutes: 39 minutes are fewer than 4 turns at cadenceSeconds 600, so that two missed turns would take the floor home: name at least 40, got 39',
    },
    {
      case: "a cadence that the dead-man's switch, left at its default, would not outlive",
      given: text({ cadenceSeconds: 900 }),
      says: '30 minutes are fewer than 4 turns at cadenceSeconds 900',
    },
    {
      case: 'more days of minutes than CloudWatch keeps',
      given: text({
        load: { ...policyInput.load, metric: { ...policyInput.load.metric, periodSeconds: 60 } },
        history: { days: 30 },
      }),
      says: 'CloudWatch keeps samples of 300 s and multiples for 63 days, others for 15',
    },
  ])('refuses $case, naming the origin and the key', ({ given, says }) => {
    expect(() => parsePolicy(given, 'web.json')).toThrow(/^web\.json: /);
    expect(() => parsePolicy(given, 'web.json')).toThrow(says);
  });

  it('says what was given beside what is needed', () => {
    expect(() => parsePolicy(text({ mode: 'on' }), 'web.json')).toThrow(/mode: .*"observe".*, got "on"/);
    expect(() => parsePolicy(JSON.stringify({ version: 1 }), 'web.json')).toThrow(/name: .*, got nothing/);
  });

  it('names every problem at once', () => {
    expect(() => parsePolicy(text({ mode: 'on', cadenceSeconds: 1 }), 'web.json')).toThrow(/mode:.*cadenceSeconds:/);
  });

  it.each([
    { cadenceSeconds: 600, deadManMinutes: 40 },
    { cadenceSeconds: 3600, deadManMinutes: 240 },
    { cadenceSeconds: 60, deadManMinutes: 10 },
  ])("takes a dead-man's switch of $deadManMinutes minutes at a cadence of $cadenceSeconds s", (given) => {
    const { cadenceSeconds, deadManMinutes } = given;
    expect(parsePolicy(text({ cadenceSeconds, guards: { deadManMinutes } }), 'web.json')).toMatchObject({
      cadenceSeconds,
      guards: { deadManMinutes },
    });
  });

  it('observes unless it is told to do more', () => {
    const { mode: _mode, ...rest } = policyInput;
    expect(parsePolicy(JSON.stringify(rest), 'web.json').mode).toBe('observe');
  });
});

describe('what follows from a policy', () => {
  it('counts the lead time from the newest known load to when the next decision takes effect', () => {
    // 120 publication + 300 cadence + 5 queue + 300 boot + 0 readiness = 725 s: three steps of 300 s.
    expect(windowStepsOf(policy())).toBe(3);
  });

  it('turns throughput per second into throughput per step for metrics that accumulate', () => {
    expect(throughputPerStepOf(policy())).toBe(300);
    const average = { ...policyInput.load, metric: { ...policyInput.load.metric, statistic: 'Average' as const } };
    expect(throughputPerStepOf(policy({ load: average }))).toBe(1);
  });

  it('asks for the quantile that the penalty makes worth it', () => {
    expect(criticalRatioOf(policy({ price: { shortagePenalty: 19 } }))).toBe(0.95);
  });

  it('has a JSON Schema for editors', () => {
    expect(policyJsonSchema()).toMatchObject({ type: 'object', required: expect.arrayContaining(['version', 'load']) });
  });
});
