import path from 'node:path';
import { Browser } from './devtools.ts';
import { type Look, Page } from './page.ts';
import { tryOut } from './try-out.ts';

/** How a report is looked at. */
export const LOOKS: readonly (Look & { readonly name: string })[] = [
  { name: 'light', scheme: 'light', width: 1400 },
  { name: 'dark', scheme: 'dark', width: 1400 },
  { name: 'narrow', scheme: 'light', width: 700 },
];

const TALLEST = 3600;

/**
 * Opens a report in each look, uses it as a reader would, and names what was wrong: console errors, requests, clicks and
 * keys without effect. Screenshots and a PDF go to `out` where it is given. Throws when the browser does not start.
 */
export async function checkReport(report: string, binary: string, out?: string): Promise<readonly string[]> {
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
