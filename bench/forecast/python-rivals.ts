import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readContest } from '../../cli/accuracy/contest-set.ts';
import { readScores } from '../../cli/accuracy/scores-file.ts';
import { DAY_HOURS, type HourlySeries } from '../../models/forecast/contest/hourly-series.ts';
import { errorsOf, stepsOf } from '../../models/forecast/contest/standings.ts';
import { type SetErrors, setErrors } from '../../models/forecast/metrics/owa.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { ensurePython } from '../../tools/emulator/python.ts';
import { provenance } from '../provenance.ts';
import { ROOT } from '../scaling/series.ts';
import { M4 } from './commands.ts';

const RESULTS = path.join(ROOT, 'bench/results/rivals.md');
const FOLDER = path.join(import.meta.dirname, 'python');

const ANSWER = z.record(z.string(), z.object({ paths: z.array(z.array(z.number()).nullable()), seconds: z.number() }));

/** How one model of another library did. */
interface Rival extends SetErrors {
  readonly name: string;
  readonly secondsPerSeries: number;
  /** Series for which it gave nothing, and the last day stands in. */
  readonly failed: number;
}

/**
 * The models of statsforecast and Prophet on the hourly series of the M4 competition: the same histories, the same 48 h,
 * the same errors as in `npm run bench -- forecast`. Makes a virtual environment of half a gigabyte under .cache/ the first
 * time. Writes bench/results/rivals.md. Ten minutes.
 */
export async function benchRivals(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const files = M4.map((file) => path.join(values.data, 'm4', file));
  const absent = files.find((file) => !existsSync(file));
  if (absent !== undefined) throw new BadInputError(`--data ${values.data}: ${absent} is not there`);
  const [train, test, scores] = files;
  const set = readContest(train!, test!);
  const scored = set.filter(({ actual }) => actual.length > 0).map(({ name }) => name);
  const naive2 = readScores(scores!, scored);
  const rivals = (await answersOf(set)).map(({ name, paths, seconds }): Rival => {
    const whole = set.map(({ history }, i) => paths[i] ?? lastDay(history, stepsOf(set)));
    return {
      name,
      ...setErrors(errorsOf(set, whole), naive2),
      secondsPerSeries: seconds / set.length,
      failed: paths.filter((one) => one === undefined).length,
    };
  });
  const text = page(rivals, scored.length);
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

interface Answer {
  readonly name: string;
  readonly paths: readonly (Float64Array | undefined)[];
  readonly seconds: number;
}

async function answersOf(set: readonly HourlySeries[]): Promise<readonly Answer[]> {
  const { python } = await ensurePython({
    directory: path.join(ROOT, '.cache/bench-python'),
    requirements: path.join(FOLDER, 'requirements.txt'),
    notice: () => process.stderr.write('making the Python environment of the bench (once, a minute or two)\n'),
  });
  const task = { steps: stepsOf(set), histories: set.map(({ history }) => Array.from(history)) };
  const answer = ANSWER.parse(JSON.parse(await said(python, path.join(FOLDER, 'rivals.py'), JSON.stringify(task))));
  return Object.entries(answer).map(([name, { paths, seconds }]) => ({
    name,
    paths: paths.map((one) => (one === null ? undefined : Float64Array.from(one))),
    seconds,
  }));
}

/** What a script prints when it is given this. Throws when it ends with another status than 0. */
const said = (python: string, script: string, input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${script} ended with ${code}`))));
    child.stdin.end(input);
  });

const lastDay = (history: Float64Array, steps: number): Float64Array =>
  Float64Array.from({ length: steps }, (_, k) => history[history.length - DAY_HOURS + (k % DAY_HOURS)]!);

function page(rivals: readonly Rival[], series: number): string {
  const ranked = [...rivals].sort((a, b) => a.owa - b.owa);
  const naive = rivals.find(({ name }) => name.endsWith('SeasonalNaive'))?.owa ?? Number.NaN;
  const rows = ranked.map(
    ({ name, smape, mase, owa, secondsPerSeries, failed }) =>
      `| ${name} | ${smape.toFixed(3)} | ${mase.toFixed(3)} | ${owa.toFixed(4)} | ${(owa / naive).toFixed(3)} | ${secondsPerSeries.toFixed(3)} | ${failed} |`,
  );
  return `# Other libraries on the hourly series of the M4 competition

${series} series, 48 h ahead, by docs/evaluation.md §1.1: the windows and the errors of \`npm run bench -- forecast\`, whose table
(bench/results/forecast.md) has Prescale's models. Settings: a season of 24 hours, MSTL with a week beside it, Prophet with
daily and weekly seasons. CPU of one process. statsforecast's AutoARIMA is left out: at this season it takes hours.
\`npm run bench -- rivals --data DIR\`; needs Python 3.10 or later.

| model | sMAPE | MASE | OWA | of the seasonal naive | CPU s a series | no answer |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

${provenance()}
`;
}
