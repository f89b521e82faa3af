import type { DecisionEntry, ForecastNote } from '../../../loop/ledger.ts';
import { LEDGER_LEVELS, noAction } from '../../../loop/ledger.ts';
import type { GroupId, LedgerRecord } from '../../../loop/ports.ts';
import { targetTrackingWant } from '../../../models/decide/counterfactual.ts';
import type { Decision } from '../../../models/decide/decision.ts';
import { needOf } from '../../../models/decide/need.ts';
import { alternatives, candidatesAround, newsvendor } from '../../../models/decide/newsvendor.ts';
import { bounds } from '../../../models/guard/bounds.ts';
import { type GuardFacts, inOrder } from '../../../models/guard/guard.ts';
import { reactiveFloor } from '../../../models/guard/reactive-floor.ts';
import { scaleInHold } from '../../../models/guard/scale-in-hold.ts';
import { stepLimit } from '../../../models/guard/step-limit.ts';
import { instant } from '../../../models/kernel/series.ts';
import { type CapacityUnits, units } from '../../../models/kernel/units.ts';
import type { ScalingProblem } from '../../../models/simulate/scaling-problem.ts';
import { DAY_START_MS, expectedLoad, STEP_MS } from './day-load.ts';

const group: GroupId = {
  arn: 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/shop-web',
  name: 'shop-web',
  account: '123456789012',
  region: 'eu-west-1',
};

const WINDOW = 3;
const BASE = units(4);
const MOST = units(70);
const BLIND = { from: 100, to: 104 };

const chain = inOrder([scaleInHold(900), stepLimit({ out: 1, in: 0.25 }), reactiveFloor, bounds]);

/** Peaks of the window that a forecaster with a spread of nine per cent would deem equally likely. */
const scenariosAt = (step: number): Float64Array => {
  const centre = Math.max(...[0, 1, 2].map((k) => expectedLoad(step + k)));
  return Float64Array.from({ length: 199 }, (_, i) => {
    const p = (i + 1) / 200;
    return centre * (1.05 + 0.09 * Math.log(p / (1 - p)) * 0.55);
  });
};

interface Run {
  floor: CapacityUnits;
  armedUntil: number;
  wants: { asOfMs: number; target: CapacityUnits }[];
}

/** One record for each step of the day, by the controller's own rules, with a quarter of an hour without metrics. */
export function recordsOfDay(problem: ScalingProblem, steps: number): readonly LedgerRecord[] {
  const run: Run = { floor: BASE, armedUntil: 0, wants: [] };
  return Array.from({ length: steps }, (_, i) => recordOf(problem, i, run));
}

function recordOf(problem: ScalingProblem, i: number, run: Run): LedgerRecord {
  const sight = BLIND.from <= i && i < BLIND.to ? blindTick(run) : seeingTick(problem, i, run);
  const { decision } = sight;
  const asOfMs = asOfStep(i);
  const due = decision.target > BASE && run.armedUntil - asOfMs < 900_000;
  const moves = decision.target !== run.floor;
  const entry: DecisionEntry = {
    ...frameOf(asOfMs, run, i),
    ...sight,
    action: {
      ...noAction,
      floor: moves ? decision.target : null,
      arm: due ? { name: 'prescale-home', startMs: instant(asOfMs + 1_801_000), minSize: BASE } : null,
      claim: i === 0,
    },
  };
  run.floor = decision.target;
  if (due) run.armedUntil = asOfMs + 1_801_000;
  return { decision: entry, outcome: outcomeOf(entry, moves || due), confirm: moves ? confirmOf(entry, i) : undefined };
}

type Sight = Pick<DecisionEntry, 'load' | 'forecast' | 'needNow' | 'alternatives' | 'counterfactual'> & {
  readonly decision: Decision;
};

const asOfStep = (i: number): number => DAY_START_MS + i * STEP_MS + 120_000;

const counts = { filled: 0, blank: 0, censored: 0, rejected: 0 };

const blindTick = ({ floor }: Run): Sight => ({
  load: { freshUntilMs: null, latest: null, observed: 288, ...counts },
  forecast: { kind: 'refused', reason: 'the metric has no samples' },
  needNow: null,
  alternatives: [],
  counterfactual: { targetTracking50: null, targetTracking70: null },
  decision: { target: floor, rule: 'blind-hold', reasons: [`holding ${floor}, blind: the metric has no samples`] },
});

function seeingTick(problem: ScalingProblem, i: number, run: Run): Sight {
  const latest = problem.load[problem.scoreFrom + i - 1]!;
  const terms = { throughput: { perStep: problem.mu, targetUtilisation: 0.8 }, shortagePenalty: 20 };
  const needNow = needOf(latest, terms.throughput);
  const scenarios = scenariosAt(i);
  const belief = { scenarios, quantile: (p: number) => scenarios[Math.round(p * 198)]! };
  const wanted = newsvendor(belief, terms);
  const decision = chain(wanted, factsOf(i, run, needNow));
  run.wants = [...run.wants.slice(-10), { asOfMs: asOfStep(i), target: wanted.target }];
  return {
    load: { freshUntilMs: DAY_START_MS + i * STEP_MS, latest, observed: 288, ...counts, filled: i % 50 === 7 ? 2 : 0 },
    forecast: forecastOf(belief),
    needNow,
    alternatives: alternatives(belief, terms, candidatesAround(wanted.target, [needNow])),
    counterfactual: {
      targetTracking50: targetTrackingWant(latest, problem.mu, 0.5),
      targetTracking70: targetTrackingWant(latest, problem.mu, 0.7),
    },
    decision,
  };
}

const factsOf = (i: number, { floor, wants }: Run, needNow: CapacityUnits): GuardFacts => ({
  asOfMs: asOfStep(i),
  lever: floor,
  capacity: floor,
  least: BASE,
  most: MOST,
  needNow,
  recentWants: wants,
  lastScaleInMs: undefined,
});

const frameOf = (asOfMs: number, { floor }: Run, i: number) =>
  ({
    version: 1,
    group,
    policyName: 'shop',
    workload: 'shop',
    asOfMs,
    wallMs: asOfMs + 7000,
    mode: 'floor',
    groupFound: {
      minSize: floor,
      maxSize: units(72),
      desired: floor,
      inService: floor,
      pending: units(0),
      base: BASE,
    },
    inputs: (i * 2_654_435_761).toString(16).padStart(64, 'a5c3'),
    versions: { prescale: '0.1.0', policyVersion: 1 },
  }) as const;

const forecastOf = (belief: { quantile(p: number): number }): ForecastNote => ({
  kind: 'forecast',
  model: 'mstl-ets',
  fittedAtMs: DAY_START_MS - 2 * 3_600_000,
  windowSteps: WINDOW,
  expectedPeak: belief.quantile(0.5),
  quantiles: LEDGER_LEVELS.map((p) => belief.quantile(p)),
  level: 20 / 21,
  loadAtLevel: belief.quantile(20 / 21),
});

const outcomeOf = ({ asOfMs, action }: DecisionEntry, acted: boolean): LedgerRecord['outcome'] => ({
  group,
  asOfMs,
  status: acted ? 'acted' : 'held',
  reasons: [
    ...(action.arm === null ? [] : ['armed prescale-home: MinSize back to 4']),
    ...(action.floor === null ? [] : [`MinSize set to ${action.floor}`]),
  ],
});

const confirmOf = ({ asOfMs, action }: DecisionEntry, i: number): LedgerRecord['confirm'] => ({
  group,
  asOfMs,
  seenAtMs: asOfMs + STEP_MS,
  floorSeen: i === 150 ? BASE : (action.floor ?? BASE),
  desiredSeen: action.floor ?? BASE,
  asIntended: i !== 150,
});
