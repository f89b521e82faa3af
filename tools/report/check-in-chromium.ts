import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkReport, LOOKS } from './check-report.ts';
import { findChromium } from './find-chromium.ts';

const USAGE = `node tools/report/check-in-chromium.ts REPORT.html [--out DIR]

Opens a report in headless Chromium: light, dark and narrow. Fails on any console error, any request, and when a click, a
key or a filter does not do what it should. With --out it leaves screenshots and a PDF. The browser is CHROMIUM or the
first on the PATH.`;

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const [report, ...rest] = positionals;
if (report === undefined || rest.length > 0 || statSync(report, { throwIfNoEntry: false })?.isFile() !== true) {
  console.error(report === undefined ? USAGE : `${positionals.join(' ')}: one report file is needed\n\n${USAGE}`);
  process.exit(2);
}
const binary = findChromium(process.env);
if (binary === undefined) {
  console.error('no Chromium: install the package chromium, or name the browser in CHROMIUM');
  process.exit(2);
}
if (values.out !== undefined) mkdirSync(values.out, { recursive: true });
const faults = await checkReport(path.resolve(report), binary, values.out);
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0 ? `${report}: opened in ${LOOKS.length} looks without a fault` : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
