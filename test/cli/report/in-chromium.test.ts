import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderForecast } from '../../../cli/forecast/plot/render-forecast.ts';
import { renderReport } from '../../../cli/report/render-report.ts';
import { reportFromLedger } from '../../../cli/report/report-from-ledger.ts';
import { checkReport } from '../../../tools/report/check-report.ts';
import { Browser } from '../../../tools/report/devtools.ts';
import { findChromium } from '../../../tools/report/find-chromium.ts';
import { several } from '../forecast/forecast-plots.ts';
import { dayReport } from './day-report-builder.ts';

const binary = findChromium(process.env);

/** Why no browser can be asked; undefined where one answers. */
async function whyNot(): Promise<string | undefined> {
  if (binary === undefined) return 'no Chromium is on the PATH or named in CHROMIUM';
  const browser = new Browser(binary);
  try {
    await browser.send('Browser.getVersion');
    return undefined;
  } catch (error) {
    return `${binary} does not start here: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await browser.close();
  }
}

async function faultsOf(page: string): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'prescale-report-'));
  try {
    const file = path.join(folder, 'report.html');
    writeFileSync(file, page);
    return await checkReport(file, binary ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const reason = await whyNot();
const day = dayReport(24);

describe('a page in headless Chromium', () => {
  if (reason !== undefined) {
    it(`was NOT opened here: ${reason}`, async () => {
      console.warn(`NOT RUN: no page was opened in a browser, because ${reason}`);
      expect(await whyNot()).toEqual(expect.any(String));
    });
    return;
  }

  it.each([
    { case: 'a day', page: renderReport(day) },
    { case: 'a ledger alone', page: renderReport(reportFromLedger(day.records)) },
    { case: 'a forecast of several loads', page: renderForecast(several) },
    { case: 'nothing at all', page: renderReport({ ...day, steps: [], records: [], arms: [], headline: null }) },
  ])('opens $case, answers clicks and keys, logs no error and asks for nothing', async ({ page }) => {
    expect(await faultsOf(page)).toEqual([]);
  });

  it('would be found out if it logged an error', async () => {
    const page = '<!doctype html><title>x</title><script>console.error("broken")</script>';
    expect((await faultsOf(page)).join()).toContain('broken');
  });
});
