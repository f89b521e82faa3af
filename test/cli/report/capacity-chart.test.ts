import { describe, expect, it } from '@jest/globals';
import { capacityChart } from '../../../cli/report/capacity-chart.ts';
import { capacityFacts } from '../../../cli/report/capacity-facts.ts';
import { renderReport } from '../../../cli/report/render-report.ts';
import type { DayReport, ReportStep } from '../../../cli/report/report-data.ts';
import { dayReport } from './day-report-builder.ts';

const day = dayReport(48);

const withSteps = (parts: readonly Partial<ReportStep>[]): DayReport => ({
  ...day,
  arms: [],
  steps: parts.map((part, i) => ({ ...day.steps[i]!, need: 5, floor: 6, desired: 6, ready: 6, ...part })),
});

/** How many marks the lane of that class has. */
function marks(page: string, lane: string): number {
  const [, path = ''] = new RegExp(`class="mark ${lane}" d="([^"]*)"`).exec(page) ?? [];
  return path.split('z').length - 1;
}

const uneven = withSteps([{ need: 7, ready: 9 }, { need: 9 }, {}, { floor: null }, { need: Number.NaN }]);

describe('capacity against need', () => {
  it('tells a floor below the need from a shortage, which the group’s own scaling may prevent', () => {
    expect(capacityFacts(uneven)).toMatchObject({ uncovered: 2, short: 1, compared: 3 });
  });

  it('takes the means of need and floor over the same steps', () => {
    expect(capacityFacts(uneven)).toMatchObject({ meanNeed: 7, meanFloor: 6, meanReady: 6.6 });
  });

  it('has no mean where nothing is known', () => {
    expect(capacityFacts(withSteps([]))).toMatchObject({ meanNeed: null, meanFloor: null, meanReady: null });
  });

  it('marks each step of a kind once under the chart', () => {
    const page = capacityChart(uneven).markup;
    expect(marks(page, 'uncovered')).toBe(2);
    expect(marks(page, 'short')).toBe(1);
  });

  it('marks where target tracking alone would have been short', () => {
    const arms = [{ name: 'target-tracking-50', score: day.arms[0]!.score, capacities: [6, 6, 6, 6, 6] }];
    expect(marks(capacityChart({ ...uneven, arms }).markup, 'theirs')).toBe(2);
  });

  it('says mean floor and mean need in the headline', () => {
    expect(renderReport(uneven)).toContain(
      '<dt>mean floor / mean need, instances</dt><dd class="figure">6.0 / 7.0</dd>',
    );
  });

  it('dates the axis at its beginning and at midnight', () => {
    const fromMs = Date.parse('2026-03-01T12:00:00Z');
    const page = capacityChart({ ...day, period: { fromMs, toMs: fromMs + 86_400_000 } }).markup;
    expect([...page.matchAll(/class="date"[^>]*>([^<]*)</g)].map(([, date]) => date)).toEqual([
      '1 Mar 2026 UTC',
      '2 Mar 2026 UTC',
    ]);
  });

  it('names days, not hours, on the axis of a long period', () => {
    const fromMs = Date.parse('2026-03-01T00:00:00Z');
    const page = capacityChart({ ...day, period: { fromMs, toMs: fromMs + 10 * 86_400_000 } }).markup;
    expect(page).toMatch(/class="tick[^>]*>7 Mar</);
    expect(page).not.toMatch(/class="tick[^>]*>00:00</);
  });

  it('draws no two lines with the same dashes', () => {
    const page = renderReport(day);
    const dashes = ['ready', 'desired', 'rival-0', 'rival-1'].map(
      (name) => new RegExp(`\\.line\\.${name}\\{[^}]*dasharray:([^;}]*)`).exec(page)?.[1],
    );
    expect(new Set(dashes).size).toBe(4);
    expect(dashes).not.toContain(undefined);
  });
});
