import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_FORECASTERS, ENSEMBLE_MEMBERS } from '../../models/forecast/registry.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series } from '../../models/kernel/series.ts';
import { eachAlone } from '../forecast/each-alone.ts';
import { provenance } from '../provenance.ts';

const RESULTS = path.resolve(import.meta.dirname, '../results/fits.md');
const FITS = 10_000;

/** Rounds of fits in equal parts; the first one warms up. */
const PARTS = 10;

const MEBIBYTE = 2 ** 20;

/** The default candidates, and what the ensemble among them combines. */
const NAMES = [...new Set([...ENSEMBLE_MEMBERS, ...DEFAULT_FORECASTERS])];

/**
 * Memory after each thousand of 10,000 fits of the default candidates and their members in one process, and CPU of one fit with
 * a path of a day for two weeks at five minutes. Writes bench/results/fits.md.
 */
export function benchFits(): void {
  const models = eachAlone(NAMES);
  const young = load({ days: 4, stepMs: 3_600_000 });
  const fortnight = load({ days: 14, stepMs: 300_000 });
  const collect = collector();
  const used: number[] = [];
  const resident: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    for (let fit = 0; fit < FITS / PARTS; fit++) models[fit % models.length]!.path(anew(young), 24);
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    used.push((heapUsed + external) / MEBIBYTE);
    resident.push(rss / MEBIBYTE);
  }
  const rows = models.map((model) => {
    const times = Array.from({ length: 7 }, () => {
      const history = anew(fortnight);
      const before = process.cpuUsage();
      model.path(history, 288);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }).sort((a, b) => a - b);
    return `| ${model.name} | ${times[3]!.toFixed(1)} | ${times[0]!.toFixed(1)} |`;
  });
  const text = `# Fits of the default forecasters

${FITS} fits in one process, ${NAMES.join(', ')} in turn, four days of hours each. Memory after each tenth of
them, MiB; what is in use is counted after a collection, and what is resident grows in steps when V8 gives new objects more room.

| | ${resident.map((_, part) => `${(part + 1) * (FITS / PARTS)}`).join(' | ')} |
| --- | ${resident.map(() => '---:').join(' | ')} |
| in use | ${used.map((size) => size.toFixed(1)).join(' | ')} |
| resident | ${resident.map((size) => size.toFixed(0)).join(' | ')} |

CPU of a fit and a day's path for two weeks at five minutes, median and least of seven, milliseconds. Aim for the one that is
chosen: < 100.

| forecaster | median | least |
| --- | ---: | ---: |
${rows.join('\n')}

\`npm run bench -- fits\`. ${provenance()}
`;
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

/** Members of ensembles remember histories by where their values lie. */
const anew = (history: Series): Series => ({ ...history, values: history.values.slice() });

/** V8's collector, which no program sees unless it is asked for. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

function load({ days, stepMs }: { readonly days: number; readonly stepMs: number }): Series {
  const random = randomSource(1);
  const day = 86_400_000 / stepMs;
  const values = Float64Array.from(
    { length: days * day },
    (_, i) => 100 + 30 * Math.sin((2 * Math.PI * i) / day) + 10 * random(),
  );
  return { startMs: instant(0), stepMs, values };
}
