import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { availableSteps } from '../../models/simulate/environment/available-steps.ts';
import { grantedAt } from '../../models/simulate/environment/launch.ts';
import type { RecordedAvailability } from '../../models/simulate/environment/recorded-availability.ts';
import { runGroups } from '../../models/simulate/environment/run-groups.ts';
import type { Availability, GroupScenario } from '../../models/simulate/environment/scenario.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import { policyNamed } from '../../models/simulate/policies/registry.ts';
import { replayOf, type ScalingProblem, scalingProblem } from '../../models/simulate/scaling-problem.ts';
import { demoDay } from '../../tools/demo/day.ts';
import { provenance } from '../provenance.ts';
import { readSpotRecord } from './spot-record.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.join(ROOT, 'bench/results/spot.md');
const RECORD = 'spot/spot_availability_changes.csv.gz';
const POLICY = 'target-tracking-50';
const SEED = 1;
/** An Auto Scaling group that may have nothing would never come back under target tracking once all was taken. */
const LEAST = 1;

/** What target tracking pays on each recorded spot market, and what whoever knows load and record would. */
export function benchSpot(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const record = readSpotRecord(path.join(values.data, RECORD));
  if (record === null) {
    process.stdout.write(`absent: ${RECORD}; nothing to measure\n`);
    return;
  }
  const problem = recordedFortnight();
  const plain = optimum(problem).J;
  report(
    record.map((trace) => rowOf(problem, trace)),
    plain,
  );
}

function recordedFortnight(): ScalingProblem {
  const problem = scalingProblem(demoDay(0).series);
  if (problem.ok) return problem.value;
  throw new Error(`the recorded fortnight is not a scaling problem: ${JSON.stringify(problem.refusal)}`);
}

interface Row {
  readonly trace: string;
  readonly scoredSteps: number;
  /** Share of scored steps at whose beginning something is granted. */
  readonly availableShare: number;
  readonly refusals: number;
  readonly interruptions: number;
  readonly J: number;
  readonly best: number;
}

/** The record begins with the first scored step; what comes after its end is not scored. */
function rowOf(problem: ScalingProblem, { trace, availability, fromMs, toMs }: RecordedAvailability): Row {
  const stepMs = problem.stepSeconds * 1000;
  const startMs = fromMs - problem.scoreFrom * stepMs;
  const scoreTo = Math.min(problem.scoreTo, problem.scoreFrom + Math.floor((toMs - fromMs) / stepMs));
  const replay = replayOf(problem, problem.scoreFrom, scoreTo);
  // A preemption trace watched units that ran; an availability trace asked whether one could be had.
  const isLost = trace.startsWith('preemption');
  const group: GroupScenario = {
    name: trace,
    replay,
    min: LEAST,
    pools: [{ type: 'recorded', zone: 'recorded', market: 'spot', availability }],
    spot: { whenUnavailable: isLost },
  };
  const { price, events } = runGroups({ groups: [group], startMs }, policyNamed(POLICY)!, SEED);
  const steps = availableSteps(availability, { replay, startMs, isLost });
  return {
    trace,
    scoredSteps: scoreTo - problem.scoreFrom,
    availableShare: shareAvailable(availability, { fromMs, stepMs, steps: scoreTo - problem.scoreFrom }),
    refusals: events['insufficient-capacity'] ?? 0,
    interruptions: events['interruption-notice'] ?? 0,
    J: price,
    best: optimum(replay, { least: LEAST, availability: steps }).J,
  };
}

interface Grid {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly steps: number;
}

function shareAvailable(availability: Availability, { fromMs, stepMs, steps }: Grid): number {
  let available = 0;
  for (let i = 0; i < steps; i++) if (grantedAt(availability, fromMs + i * stepMs) > 0) available++;
  return available / steps;
}

function report(rows: readonly Row[], plain: number): void {
  const lines = rows.map(
    ({ trace, scoredSteps, availableShare, refusals, interruptions, J, best }) =>
      `| ${trace} | ${scoredSteps} | ${availableShare.toFixed(3)} | ${refusals} | ${interruptions} | ${J} | ${best} | ${(J / best).toFixed(3)} |`,
  );
  const text = `# Recorded spot markets

One group of at least one unit on one recorded market that has no other: ${POLICY} in the environment, and the
optimum for whoever knows load and record. Load: the demo's recorded fortnight of
\`data/web/web_nasa_http_1995-07_1min.csv.gz\` at 5 minutes, second week scored, p = 20, boot 300 s, seed ${SEED}; the
record begins with the first scored step, and what lies after its end is not scored. On preemption traces units are
taken when capacity falls to nothing. Without a record J\\* is ${plain}.
\`npm run bench -- spot --data DIR\`, \`DIR/${RECORD}\` (not shipped).

| trace | scored steps | available | insufficient capacity | notices | J | J* on the record | J/J* |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

${provenance()}
`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}
