import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ascending, quantileOfSorted } from '../../models/kernel/statistics.ts';
import { provenance } from '../provenance.ts';

const root = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.resolve(import.meta.dirname, '../results/backtest.md');
const TRACE = 'data/web/web_nasa_http_1995-07_1min.csv.gz';
const RUNS = 5;

/** Wall time of `prescale backtest` of a month of minutes with all policies, as it is typed: the process from start to end. */
export function benchBacktest(): void {
  const seconds = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'backtest', '--trace', TRACE, '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`the backtest ended with ${status}: ${stderr}`);
    return (performance.now() - start) / 1000;
  });
  const sorted = ascending(seconds);
  const text = `# A month of minutes through every policy

Wall seconds of \`prescale backtest --trace ${TRACE}\`, all policies, ${RUNS} runs. \`npm run bench -- backtest\`.
Wanted: below 20 s on two cores.

| median | quickest | slowest |
| ---: | ---: | ---: |
| ${quantileOfSorted(sorted, 0.5).toFixed(1)} | ${sorted[0]!.toFixed(1)} | ${sorted.at(-1)!.toFixed(1)} |

${provenance()}
`;
  process.stdout.write(text);
  writeFileSync(RESULTS, text);
}
