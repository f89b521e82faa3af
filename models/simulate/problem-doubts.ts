import type { ScalingProblem } from './scaling-problem.ts';

/** What is odd about a problem that can be replayed all the same; a reader of its prices must know. */
export type ProblemDoubt =
  /** One step carries most of the load by which a unit is sized; `step` counts from the problem's first. */
  | { readonly kind: 'sized-by-one-step'; readonly step: number; readonly load: number; readonly share: number }
  | { readonly kind: 'mostly-blank'; readonly observed: number; readonly scored: number }
  | { readonly kind: 'shortage-is-cheap'; readonly penalty: number };

/** Of the load or of the scored steps: from here on one thing outweighs all others together. */
const MOST = 0.5;

/** Of so few observed steps one may well be the half. */
const FEW_STEPS = 12;

/** Everything odd about a problem, `isSizedByLoad` where no throughput of a unit was given. O(steps). */
export function problemDoubts(problem: ScalingProblem, isSizedByLoad: boolean): readonly ProblemDoubt[] {
  const { penalty } = problem;
  const sizing = isSizedByLoad ? sizedByOneStep(problem) : [];
  return [
    ...sizing,
    ...mostlyBlank(problem),
    ...(penalty < 1 ? [{ kind: 'shortage-is-cheap', penalty } as const] : []),
  ];
}

function sizedByOneStep({ load, blank, scoreFrom }: ScalingProblem): readonly ProblemDoubt[] {
  let [sum, observed, largest] = [0, 0, 0];
  for (let t = 0; t < scoreFrom; t++) {
    if (blank[t] === 1) continue;
    sum += load[t]!;
    observed++;
    if (load[t]! > load[largest]!) largest = t;
  }
  const share = load[largest]! / sum;
  return observed > FEW_STEPS && share > MOST
    ? [{ kind: 'sized-by-one-step', step: largest, load: load[largest]!, share }]
    : [];
}

function mostlyBlank({ blank, scoreFrom, scoreTo }: ScalingProblem): readonly ProblemDoubt[] {
  const scored = scoreTo - scoreFrom;
  let observed = scored;
  for (let t = scoreFrom; t < scoreTo; t++) observed -= blank[t]!;
  return observed < MOST * scored ? [{ kind: 'mostly-blank', observed, scored }] : [];
}
