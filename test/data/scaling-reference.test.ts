import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(fileURLToPath(new URL(file, root)));

const Ratios = z.strictObject({
  'target-tracking-50': z.number(),
  'target-tracking-70': z.number(),
  'tuned-reactive': z.number(),
});
const Boot = z.strictObject({ bootSeconds: z.number(), oracleJ: z.int(), ratios: Ratios });
const Reference = z.looseObject({
  series: z.array(
    z.strictObject({
      name: z.string(),
      file: z.string().nullable(),
      column: z.string(),
      scoredSteps: z.int(),
      boots: z.tuple([Boot, Boot]),
    }),
  ),
  geometricMeans: z.array(z.strictObject({ bootSeconds: z.number(), lagSeconds: z.number(), ratios: Ratios })),
});

const { series, geometricMeans } = Reference.parse(
  JSON.parse(read('data/reference/scaling-reference.json').toString()),
);
const evaluation = read('docs/evaluation.md').toString();

const thousands = (n: number) => n.toString().replace(/\B(?=(\d{3})+$)/g, ',');
const cells = (boot: z.output<typeof Boot>) => [
  thousands(boot.oracleJ),
  ...Object.values(boot.ratios).map((ratio) => ratio.toFixed(4)),
];

describe('the scaling reference', () => {
  it.each(series)('prints $name in docs/evaluation.md with the same figures', ({ name, scoredSteps, boots }) => {
    const row = evaluation.split('\n').find((line) => line.startsWith(`| ${name} `));
    const printed = row?.split('|').map((cell) => cell.trim());
    expect(printed?.slice(2, -1)).toEqual([thousands(scoredSteps), ...boots.flatMap(cells)]);
  });

  it.each(series.filter(({ file }) => file !== null))(
    'scores the second half of $name',
    ({ file, column, scoredSteps }) => {
      const [header = '', ...rows] = gunzipSync(read(`data/${file}`))
        .toString()
        .trimEnd()
        .split('\n');
      const at = header.split(',').indexOf(column);
      const observed = rows.map((row) => row.split(',')[at] !== '');
      const gridSteps = observed.lastIndexOf(true) - observed.indexOf(true) + 1;
      expect(gridSteps - Math.floor(gridSteps / 2)).toBe(scoredSteps);
    },
  );

  it.each(geometricMeans.filter(({ lagSeconds }) => lagSeconds === 0))(
    'gives the geometric means of its own rows at boot $bootSeconds s',
    ({ bootSeconds, ratios }) => {
      const rows = series.map(({ boots }) => boots.find((boot) => boot.bootSeconds === bootSeconds)?.ratios);
      const logMean = (name: keyof typeof ratios) =>
        rows.reduce((sum, row) => sum + Math.log(row?.[name] ?? Number.NaN), 0) / rows.length;
      // Three decimals are printed, from ratios rounded to four: half a unit of the last place and a little.
      expect(Math.abs(Math.exp(logMean('target-tracking-50')) - ratios['target-tracking-50'])).toBeLessThan(6e-4);
      expect(Math.abs(Math.exp(logMean('target-tracking-70')) - ratios['target-tracking-70'])).toBeLessThan(6e-4);
      expect(Math.abs(Math.exp(logMean('tuned-reactive')) - ratios['tuned-reactive'])).toBeLessThan(6e-4);
    },
  );
});
