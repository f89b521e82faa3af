import { type CaseFigures, changeOfFigures, type FiguresChange } from '../../models/simulate/case-figures.ts';
import { isoOf } from '../moment.ts';
import type { Changes } from './changes.ts';
import { figuresOf } from './figures-of.ts';
import type { SimulatedCase, Simulation } from './simulate.ts';

/** The hour in which a policy paid most above the optimum. */
export interface WorstHourJson {
  /** First step, counted from the first scored one. */
  readonly fromStep: number;
  readonly steps: number;
  /** When it begins, ISO-8601 in UTC; null when the load counts from its own start. */
  readonly at: string | null;
  /** Units × steps above the optimum. */
  readonly excess: number;
}

/** A policy in one case. */
export interface CasePolicyJson {
  readonly J: number;
  readonly ratio: number;
  readonly cost: number;
  readonly short: number;
  readonly worstHour: WorstHourJson;
  /** Against the base: shares of the base's figures, null where that is 0; `ratio` a difference. Not in the base itself. */
  readonly change?: FiguresJson;
}

/** Changes of figures by the names of the figures. */
export interface FiguresJson extends Omit<FiguresChange, 'worst'> {
  readonly worstHour: number | null;
}

/** One case. Times in seconds, shares as fractions of 1. */
export interface CaseJson {
  /**
   * What is different: `load` a factor, `bootSeconds`, `penalty`, `lagSeconds`, `bootSpread`, `granted`,
   * `minimumBilledSeconds`; empty for the base.
   */
  readonly changes: Changes;
  readonly bootSteps: number;
  readonly lagSteps: number;
  readonly penalty: number;
  readonly meanNeed: number;
  readonly maxNeed: number;
  readonly oracle: { readonly J: number; readonly cost: number; readonly short: number };
  readonly policies: Readonly<Record<string, CasePolicyJson>>;
}

/** What `prescale simulate --json` prints; its form is fixed. */
export interface SimulationJson {
  readonly trace: string;
  readonly stepSeconds: number;
  readonly scoredSteps: number;
  readonly filledSteps: number;
  /** Load that one unit carries in one step at full use, in every case. */
  readonly unitThroughput: number;
  readonly base: CaseJson;
  readonly whatIfs: readonly CaseJson[];
}

/** A simulation in the form that is fixed for machines. */
export function simulationJson({ base, whatIfs }: Simulation): SimulationJson {
  const { trace, problem } = base.run;
  const before = figuresOf(base);
  return {
    trace,
    stepSeconds: problem.stepSeconds,
    scoredSteps: problem.scoreTo - problem.scoreFrom,
    filledSteps: problem.filledSteps,
    unitThroughput: problem.mu,
    base: caseJson(base, undefined),
    whatIfs: whatIfs.map((one) => caseJson(one, before)),
  };
}

function caseJson(one: SimulatedCase, before: ReadonlyMap<string, CaseFigures> | undefined): CaseJson {
  const { bootSteps, lagSteps, penalty, meanNeed, maxNeed } = one.run.problem;
  const { J, cost, short } = one.run.best;
  const figures = [...figuresOf(one)].filter(([, { worst }]) => worst !== null);
  const policies = Object.fromEntries(
    figures.map(([name, here]) => [name, policyJson(one, here, before?.get(name))] as const),
  );
  return {
    changes: one.changes,
    bootSteps,
    lagSteps,
    penalty,
    meanNeed,
    maxNeed,
    oracle: { J, cost, short },
    policies,
  };
}

function policyJson(one: SimulatedCase, here: CaseFigures, before: CaseFigures | undefined): CasePolicyJson {
  const { J, ratio, cost, short } = here;
  const figures = { J, ratio, cost, short, worstHour: worstHourJson(one, here) };
  if (before === undefined) return figures;
  const { worst, ...others } = changeOfFigures(before, here);
  return { ...figures, change: { ...others, worstHour: worst } };
}

function worstHourJson({ run: { series, dated, problem } }: SimulatedCase, { worst }: CaseFigures): WorstHourJson {
  const { from, steps, excess } = worst ?? { from: 0, steps: 0, excess: 0 };
  const atMs = series.startMs + (problem.firstStep + problem.scoreFrom + from) * series.stepMs;
  return { fromStep: from, steps, at: dated ? isoOf(atMs) : null, excess };
}
