import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * Checks the doors between the rooms (.dependency-cruiser.cjs). The cruiser ends with success when its parser finds no
 * module at all, so the count is checked too.
 */
const root = path.resolve(import.meta.dirname, '../..');
const rooms = ['models', 'loop', 'adapters', 'lambdas', 'cdk', 'cli', 'bench', 'tools', 'test'];
const leastModules = 60;

interface CruiseReport {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
  readonly modules: readonly { readonly source: string }[];
}

const args = ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--output-type', 'json', ...rooms];
const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
if (!stdout.startsWith('{')) {
  console.error(`the boundary check did not run: ${stderr}`);
  process.exit(1);
}
const { summary, modules } = JSON.parse(stdout) as CruiseReport;
const ours = modules.filter(({ source }) => !source.includes('node_modules')).length;
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
if (ours < leastModules)
  console.error(`only ${ours} modules were read, at least ${leastModules} are there: the parser failed`);
console.log(`${ours} modules, ${summary.violations.length} broken boundaries`);
process.exit(summary.violations.length === 0 && ours >= leastModules ? 0 : 1);
