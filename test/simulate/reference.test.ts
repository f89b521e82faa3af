import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readTrace } from '../../cli/trace.ts';
import { optimum } from '../../models/simulate/optimum.ts';
import { policyNamed } from '../../models/simulate/policies/registry.ts';
import { runPolicy } from '../../models/simulate/run.ts';
import { problemOf } from './series.ts';

const data = path.resolve(import.meta.dirname, '../../data');

const Reference = z.looseObject({
  parameters: z.looseObject({ meanNeed: z.number(), penalty: z.number(), lagSeconds: z.number() }),
  tolerance: z.object({ oracleJ: z.literal(0), ratio: z.number().max(0.001) }),
  series: z.array(
    z.looseObject({
      name: z.string(),
      file: z.string().nullable(),
      column: z.string(),
      scoredSteps: z.int(),
      boots: z.array(z.object({ bootSeconds: z.number(), oracleJ: z.int(), ratios: z.record(z.string(), z.number()) })),
    }),
  ),
});

const { parameters, tolerance, series } = Reference.parse(
  JSON.parse(readFileSync(path.join(data, 'reference/scaling-reference.json'), 'utf8')),
);
const shipped = series.flatMap(({ file, boots, ...rest }) =>
  file === null ? [] : boots.map((boot) => ({ ...rest, ...boot, file })),
);

describe('the reference table', () => {
  it('has rows to compare with', () => {
    expect(shipped.length).toBeGreaterThanOrEqual(12);
  });

  it.each(shipped)(
    'is met by $name at boot $bootSeconds s',
    ({ file, column, scoredSteps, bootSeconds, oracleJ, ratios }) => {
      const trace = readTrace(path.join(data, file), { column });
      const problem = problemOf(trace.series, {
        bootSeconds,
        penalty: parameters.penalty,
        meanUnits: parameters.meanNeed,
        lagSeconds: parameters.lagSeconds,
      });
      expect(problem.scoreTo - problem.scoreFrom).toBe(scoredSteps);
      const best = optimum(problem);
      expect(best.J).toBe(oracleJ);
      for (const [name, ratio] of Object.entries(ratios)) {
        const score = runPolicy(problem, policyNamed(name)!, { oracleJ: best.J });
        expect(Math.abs(score.ratio! / ratio - 1)).toBeLessThanOrEqual(tolerance.ratio);
      }
    },
  );
});
