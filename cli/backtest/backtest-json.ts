import type { ScalingScore } from '../../models/simulate/score.ts';
import type { BacktestRun } from './backtest.ts';

/** A policy's score as `--json` writes it; every number by the definitions of docs/evaluation.md §2.3. */
export interface PolicyFigures {
  readonly J: number;
  readonly ratio: number | null;
  readonly cost: number;
  readonly short: number;
  readonly breachShare: number;
  readonly launches: number;
  readonly thetaU: number;
  readonly thetaO: number;
  readonly tauU: number;
  readonly tauO: number;
  readonly upsilon: number | null;
  /** Desired capacity at each scored step; only when asked for. */
  readonly decisions?: readonly number[];
}

/** What `prescale backtest --json` prints; its form is fixed. Times in seconds, shares as fractions of 1. */
export interface BacktestJson {
  readonly trace: string;
  readonly stepSeconds: number;
  readonly bootSteps: number;
  readonly scoredSteps: number;
  readonly filledSteps: number;
  readonly meanNeed: number;
  readonly maxNeed: number;
  readonly oracle: { readonly J: number; readonly cost: number };
  readonly policies: Readonly<Record<string, PolicyFigures>>;
}

export interface JsonOptions {
  /** Whether the decisions are written, where the run kept them. */
  readonly decisions: boolean;
}

/** A run in the form that is fixed for machines. */
export function backtestJson({ trace, problem, best, scores }: BacktestRun, options: JsonOptions): BacktestJson {
  const { stepSeconds, bootSteps, scoreFrom, scoreTo, filledSteps, meanNeed, maxNeed } = problem;
  return {
    trace,
    stepSeconds,
    bootSteps,
    scoredSteps: scoreTo - scoreFrom,
    filledSteps,
    meanNeed,
    maxNeed,
    oracle: { J: best.J, cost: best.cost },
    policies: Object.fromEntries([...scores].map(([name, score]) => [name, figuresOf(score, options)])),
  };
}

function figuresOf(score: ScalingScore, options: JsonOptions): PolicyFigures {
  const { J, ratio, cost, short, breachShare, launches, thetaU, thetaO, tauU, tauO, upsilon, decisions } = score;
  const figures = { J, ratio, cost, short, breachShare, launches, thetaU, thetaO, tauU, tauO, upsilon };
  return decisions === undefined || !options.decisions ? figures : { ...figures, decisions: Array.from(decisions) };
}
