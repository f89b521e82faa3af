import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readTrace } from '../../cli/trace.ts';
import { runGroups } from '../../models/simulate/environment/run-groups.ts';
import type { GroupScenario, Scenario } from '../../models/simulate/environment/scenario.ts';
import type { ScalingPolicy } from '../../models/simulate/policy.ts';
import { type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { provenance } from '../provenance.ts';
import { type Backtested, backtested } from './backtests.ts';
import { BASE } from './cases.ts';
import { type ReferenceSeries, ROOT, referenceAmong, seriesUnder } from './series.ts';
import { geometricMean, markdownTable } from './tables.ts';

const RESULTS = path.join(ROOT, 'bench/results/rough.md');

const POLICIES = ['target-tracking-50', 'target-tracking-70', 'newsvendor', 'tuned-reactive', 'prescale'] as const;

const SEEDS = [1, 2, 3] as const;

/** A world that is less kind than the one of the table. */
interface Roughness {
  readonly name: string;
  readonly group: (problem: ScalingProblem) => Partial<GroupScenario>;
  readonly account: Omit<Scenario, 'groups'>;
}

const bootSeconds = ({ bootSteps, stepSeconds }: ScalingProblem): number => bootSteps * stepSeconds;

const WORLDS: readonly Roughness[] = [
  { name: 'as in the table', group: () => ({}), account: {} },
  {
    name: 'lognormal boot, σ 0.5',
    group: (problem) => ({ boot: { kind: 'lognormal', medianSeconds: bootSeconds(problem), sigma: 0.5 } }),
    account: {},
  },
  { name: 'billed by the second, 60 s at least', group: () => ({}), account: { billing: { minimumSeconds: 60 } } },
];

/**
 * The courses that the policies took in the kind world, played in rougher ones: how much of a price rests on boots that
 * all take alike, or on how capacity is billed. The policies do not learn of it: a course is what they asked for.
 */
export async function benchRough(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const series = referenceAmong(seriesUnder(values.data));
  const runs = await backtested(
    series.map(({ name, file }) => ({ series: name, file, case: BASE, policies: [...POLICIES], decisions: true })),
    ({ series: name, seconds }) => process.stderr.write(`${name}: ${seconds.toFixed(1)} s\n`),
  );
  const rows = WORLDS.map((world) => [
    world.name,
    ...POLICIES.map((policy) => meanRatio(policy, world, { series, runs })?.toFixed(4) ?? '–'),
  ]);
  const text = `# Scaling in rougher worlds

The courses of capacity that the policies took (p 20, boot 300 s, lag 0, mean 20), played in the functional environment:
geometric mean of J over J\\* of the kind world, over ${series.length} reference series and ${SEEDS.length} seeds. \`npm run bench -- rough\`.

${markdownTable(['world', ...POLICIES], rows)}

${provenance()}
`;
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

interface Played {
  readonly series: readonly ReferenceSeries[];
  readonly runs: readonly Backtested[];
}

function meanRatio(policy: string, world: Roughness, { series, runs }: Played): number | undefined {
  return geometricMean(
    series.flatMap(({ name, file }) => {
      const result = runs.find((run) => run.series === name)?.result;
      const course = result?.policies[policy]?.decisions;
      if (result === undefined || course === undefined) return [];
      const problem = problemOf(file);
      return SEEDS.map((seed) => priceIn(world, problem, { course, seed }) / result.oracle.J);
    }),
  );
}

function problemOf(file: string): ScalingProblem {
  const stated = scalingProblem(readTrace(file).series);
  if (!stated.ok) throw new Error(`${file}: ${JSON.stringify(stated.refusal)}`);
  return stated.value;
}

function priceIn(
  { group, account }: Roughness,
  problem: ScalingProblem,
  { course, seed }: { readonly course: readonly number[]; readonly seed: number },
): number {
  const recorded: ScalingPolicy = {
    name: 'recorded',
    start: () => (view) => ({ kind: 'desire', capacity: course[view.t - problem.scoreFrom]! }),
  };
  const scenario: Scenario = { ...account, groups: [{ name: 'group', replay: problem, ...group(problem) }] };
  return runGroups(scenario, recorded, seed).price;
}
