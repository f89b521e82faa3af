import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { InvariantError } from '../../models/kernel/errors.ts';
import { provenance } from '../provenance.ts';
import { type Backtested, backtested, type Wanted } from './backtests.ts';
import { BASE, COMPARED, VARIATIONS } from './cases.ts';
import { decidesByTheFuture } from './causality.ts';
import { equalCost } from './equal-cost.ts';
import { equalCostTable, type SeriesAtEqualCost } from './equal-cost-table.ts';
import { ROOT, referenceAmong, type SeriesFile, seriesUnder } from './series.ts';
import { baseTable, caseTable } from './tables.ts';

const RESULTS = path.join(ROOT, 'bench/results/scaling.md');
const LOOKS = path.join(ROOT, 'bench/results/scaling-looks.json');

/** The second half of a series was looked at: each time tells a little of what it holds. */
interface Look {
  readonly date: string;
  readonly commit: string;
  readonly what: string;
}

/**
 * Every policy on every series at hand, under the base case and with one thing changed at a time. Writes the tables to
 * bench/results/scaling.md, and the look at the scored halves to the register of looks.
 */
export async function benchScaling(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') }, json: { type: 'boolean', default: false } },
  });
  const series = seriesUnder(values.data);
  const eight = referenceAmong(series);
  const wanted: Wanted[] = [
    ...series.map(({ name, file }) => ({ series: name, file, case: BASE, policies: ['all'], decisions: true })),
    ...VARIATIONS.flatMap((variation) =>
      eight.map(({ name, file }) => ({
        series: name,
        file,
        case: variation,
        policies: [...COMPARED],
        decisions: false,
      })),
    ),
  ];
  const runs = await backtested(wanted, ({ series: name, case: said, seconds, refused }) =>
    process.stderr.write(`${name}, ${said}: ${refused ?? `${seconds.toFixed(1)} s`}\n`),
  );
  const causal = await causality(eight, runs);
  const looks = registered();
  const requests = eight.filter(({ column }) => column === 'requests');
  const text = page(runs, { eight: eight.map(({ name }) => name), looks, causal, equal: equalCosts(requests, runs) });
  writeFileSync(RESULTS, text);
  process.stdout.write(
    values.json ? `${JSON.stringify({ provenance: provenance(), looks, runs: runs.map(withoutCourses) })}\n` : text,
  );
}

/** Looked at on the shortest trace that is scored: the rest of the machinery is the same for all. */
async function causality(series: readonly SeriesFile[], runs: readonly Backtested[]): Promise<string> {
  const base = runs.filter((run) => run.case === BASE.name && run.result !== undefined);
  const lengthOf = (run: Backtested): number => run.result?.policies['prescale']?.decisions?.length ?? 0;
  const shortest = base
    .toSorted((a, b) => lengthOf(a) - lengthOf(b))
    .find((run) => series.some(({ name }) => name === run.series));
  const file = series.find(({ name }) => name === shortest?.series);
  if (shortest === undefined || file === undefined) return 'Causality: not looked at, no series was scored.';
  const guilty = await decidesByTheFuture(file, shortest);
  if (guilty.length > 0) throw new InvariantError(`decisions depend on what comes later: ${guilty.join(', ')}`);
  return `Causality, ${file.name}: with the last tenth threefold or shuffled, every decision of every policy before it is the same.`;
}

/** A run without the long lists of decisions. */
const withoutCourses = (run: Backtested): unknown => ({
  ...run,
  result: run.result && {
    ...run.result,
    policies: Object.fromEntries(
      Object.entries(run.result.policies).map(([name, { decisions: _course, ...figures }]) => [name, figures]),
    ),
  },
});

function equalCosts(series: readonly SeriesFile[], runs: readonly Backtested[]): readonly SeriesAtEqualCost[] {
  return series.flatMap(({ name, file }) => {
    const run = runs.find((at) => at.series === name && at.case === BASE.name)?.result;
    if (run === undefined) return [];
    const courses = Object.fromEntries(
      Object.entries(run.policies).map(([policy, { decisions = [] }]) => [policy, decisions]),
    );
    return [{ series: name, ...equalCost(file, courses) }];
  });
}

function registered(): readonly Look[] {
  const before = JSON.parse(readFileSync(LOOKS, 'utf8')) as readonly Look[];
  const [date = '', commit = ''] = provenance().split(', commit ');
  const looks = [...before, { date, commit: commit.split(',')[0] ?? '', what: 'npm run bench -- scaling' }];
  writeFileSync(LOOKS, `${JSON.stringify(looks, null, 2)}\n`);
  return looks;
}

function page(
  runs: readonly Backtested[],
  {
    eight,
    looks,
    causal,
    equal,
  }: {
    readonly eight: readonly string[];
    readonly looks: readonly Look[];
    readonly causal: string;
    readonly equal: readonly SeriesAtEqualCost[];
  },
): string {
  const base = runs.filter((run) => run.case === BASE.name);
  const scored = base.filter(({ result }) => result !== undefined).map(({ series }) => series);
  const others = scored.filter((series) => !eight.includes(series));
  const refused = base.filter(({ result }) => result === undefined);
  return `# Scaling: the price of every policy

J/J\\* by docs/evaluation.md §2, on the second half of each series. \`npm run bench -- scaling\`.

## ${BASE.name}

${baseTable(runs, { 'reference series': eight, ...(others.length === 0 ? {} : { others }) })}

${refused.map(({ series, refused: why }) => `Not scored: ${series} (${why}).`).join('\n')}

## One thing changed at a time, geometric means over the reference series

${caseTable(runs, eight)}

Interval: 95 % of the geometric mean of prescale / tuned over resampled series.

## At equal cost

${equalCostTable(equal)}

Prescale's course scaled so that it costs what the best target tracking (40 … 75 %) costs, on the series of requests:
requests that arrive while need > ready, and P99 of the response time (docs/evaluation.md §2.3). Known rate: a bound. So many
units as carry the mean of a quarter of an hour about each step, known in advance, times what makes them cost the same; they
boot at once and no boot is paid for. What it leaves is the noise of single steps.

${causal}

Looks taken at the scored halves with some form of this controller: ${looks.length} (bench/results/scaling-looks.json).

${provenance()}
`;
}
