import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Browser } from './devtools.ts';
import { findChromium } from './find-chromium.ts';
import { type Look, Page } from './page.ts';
import { tryOut } from './try-out.ts';

const USAGE = `node tools/report/check-in-chromium.ts REPORT.html [--out DIR]

Opens a report in headless Chromium: light, dark and narrow. Fails on any console error, any request, and when a click, a
key or a filter does not do what it should. With --out it leaves screenshots and a PDF. The browser is CHROMIUM or the
first on the PATH.`;

const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: 'light', scheme: 'light', width: 1400 },
  { name: 'dark', scheme: 'dark', width: 1400 },
  { name: 'narrow', scheme: 'light', width: 700 },
];

const TALLEST = 3600;

async function check(report: string, out: string | undefined, binary: string): Promise<readonly string[]> {
  const browser = new Browser(binary);
  try {
    const page = await Page.open(browser);
    const faults: string[] = [];
    for (const look of LOOKS) {
      await page.load(report, look);
      faults.push(...(await tryOut(page)).map((fault) => `${look.name}: ${fault}`));
      if (out !== undefined) await picture(page, look, path.join(out, `${look.name}.png`));
    }
    if (out !== undefined) await page.pdf(path.join(out, 'print.pdf'));
    return [...faults, ...page.problems];
  } finally {
    await browser.close();
  }
}

async function picture(page: Page, { width }: Look, file: string): Promise<void> {
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  await page.screenshot(file, width, Math.min(height, TALLEST));
}

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
const faults = await check(path.resolve(report), values.out, binary);
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0 ? `${report}: opened in ${LOOKS.length} looks without a fault` : `${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
