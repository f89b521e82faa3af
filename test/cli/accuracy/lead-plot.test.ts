import { describe, expect, it } from '@jest/globals';
import { judgeLeads, leadReport } from '../../../cli/accuracy/lead-report.ts';
import { hourFigure } from '../../../cli/accuracy/plot/hour-figure.ts';
import { leadFigure } from '../../../cli/accuracy/plot/lead-figure.ts';
import type { LeadPlot } from '../../../cli/accuracy/plot/lead-plot.ts';
import { reliabilityFigure } from '../../../cli/accuracy/plot/reliability-figure.ts';
import { renderLeads } from '../../../cli/accuracy/plot/render-leads.ts';
import { CALENDAR } from '../../../cli/page/time-words.ts';
import type { LeadPath } from '../../../models/forecast/lead/lead-path.ts';
import { randomSource } from '../../../models/kernel/rng.ts';
import { type GappedSeries, instant } from '../../../models/kernel/series.ts';
import { attributeValues, markupProblems } from '../page/markup-problems.ts';

const HOUR = 3_600_000;
const HOSTILE = `<img src=x onerror=alert(1)>"'&`;

function series(days: number): GappedSeries {
  const random = randomSource(4);
  const values = Float64Array.from(
    { length: days * 24 },
    (_, t) => 50 + 30 * Math.sin((2 * Math.PI * t) / 24) + 6 * random(),
  );
  return { startMs: instant(0), stepMs: HOUR, values, mayHaveBlanks: true };
}

const leads = judgeLeads(series(10), [
  { name: '1h', ms: HOUR },
  { name: '7d', ms: 168 * HOUR },
]);
const plot: LeadPlot = { file: 'web.csv', column: 'requests', dated: true, report: leadReport(leads), leads };

describe('the page about leads', () => {
  it.each([
    { case: 'a lead that was measured and one that was not', plot },
    { case: 'a file that names no day', plot: { ...plot, dated: false } },
    { case: 'names that try to be HTML', plot: { ...plot, file: HOSTILE, column: HOSTILE } },
  ])('is sound for $case, draws no NaN and asks for nothing', ({ plot: given }) => {
    const page = renderLeads(given);
    expect(markupProblems(page)).toEqual([]);
    expect(attributeValues(page, 'd').filter((path) => /NaN|Infinity|undefined/.test(path))).toEqual([]);
    expect(/<(img|link|iframe|object)|\ssrc="|href=|@import|https?:/.exec(page)).toBeNull();
    expect(renderLeads(given)).toBe(page);
  });

  it('draws each lead that was measured, and says why another was not', () => {
    const page = renderLeads(plot);
    expect(page.match(/<figure/g)).toHaveLength(3);
    expect(page).toContain('Not measured: the record spans 240 h, 672 h needed.');
    expect(page).toContain('Refused: 7d: the record spans 240 h, 672 h needed.');
  });

  it('gives every part an id of its own', () => {
    const ids = attributeValues(renderLeads(plot), 'id');
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Targets an hour apart whose forecasts are 10 too high, with widths of 5 at 80 % and 20 at 95 %. */
const pathOf = (targets: number): LeadPath => ({
  startsMs: Float64Array.from({ length: targets }, (_, i) => i * HOUR),
  stepMs: HOUR,
  actual: new Float64Array(targets).fill(100),
  forecast: new Float64Array(targets).fill(110),
  yardstick: new Float64Array(targets).fill(130),
  widths: [2, 5, 20, 40].map((width) => new Float64Array(targets).fill(width)),
});

describe('the figure of a lead', () => {
  const names = { id: 'lead', lead: '24h', column: 'requests', words: CALENDAR };
  const pathIn = (markup: string, className: string): string =>
    new RegExp(`<path class="${className}" d="([^"]+)"`).exec(markup)?.[1] ?? '';
  const ys = (path: string): readonly number[] => [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));

  it('draws each interval as far from the forecast as it reaches', () => {
    const { markup } = leadFigure(pathOf(48), names);
    const [came, forecast] = ['line load', 'line expected'].map((name) => ys(pathIn(markup, name))[0]!);
    // Ten of the load's unit lie between what came and what was forecast.
    const unit = (came! - forecast!) / 10;
    const reach = (name: string): readonly number[] => {
      const edges = ys(pathIn(markup, name));
      return [Math.max(...edges) - forecast!, forecast! - Math.min(...edges)].map((pixels) =>
        Math.round(pixels / unit),
      );
    };
    expect([reach('band inner'), reach('band middle')]).toEqual([
      [5, 5],
      [20, 20],
    ]);
  });

  it('breaks where nobody saw what came, and goes on with the forecast', () => {
    const path = pathOf(48);
    path.actual[20] = Number.NaN;
    const { markup } = leadFigure(path, names);
    expect(pathIn(markup, 'line load').split('M')).toHaveLength(3);
    expect(pathIn(markup, 'line expected').split('M')).toHaveLength(2);
  });

  it('shows the newest two weeks of a long record, and says so', () => {
    const { markup } = leadFigure(pathOf(400 * 24), names);
    expect(ys(pathIn(markup, 'line load'))).toHaveLength(14 * 24);
    expect(markup).toContain('the newest 336 of 9,600 targets');
    expect(leadFigure(pathOf(14 * 24), names).markup).not.toContain('newest');
  });

  it('is not flattened by an interval that is wild or endless', () => {
    const wild = { ...pathOf(48), widths: [2, 5, 1e9, 1e9].map((width) => new Float64Array(48).fill(width)) };
    wild.widths[1]![3] = Number.POSITIVE_INFINITY;
    const { markup } = leadFigure(wild, names);
    // The plot is 300 pixels high: what came is well above its floor.
    expect(324 - ys(pathIn(markup, 'line load'))[0]!).toBeGreaterThan(100);
    expect(markup).not.toMatch(/NaN|Infinity/);
  });
});

describe('held against promised', () => {
  const { answer } = leads[0]!;
  if (!answer.ok) throw new Error(answer.refusal.reason);
  const figures = answer.value.figures;
  const held = { ...figures, coverage: [0.5, 0.7, 0.95, 1], upper: [0.3, 0.8, 0.95, Number.NaN] };
  const { markup } = reliabilityFigure('held', held);
  const points = [
    ...markup.matchAll(/<g class="held central"><title>(\d+) %[^<]*<\/title><circle cx="([\d.]+)" cy="([\d.]+)"/g),
  ];
  const tick = (share: number): number =>
    Number(new RegExp(`y="([\\d.]+)" text-anchor="end">${share}<`).exec(markup)?.[1]) - 4;

  it('puts what keeps its word on the diagonal, and what does not off it', () => {
    const heights = Object.fromEntries(points.map(([, level = '', , y]) => [level, Number(y)]));
    expect(heights['50']).toBeCloseTo(tick(50), 0);
    expect(heights['80']).toBeCloseTo(tick(70), 0);
    expect(heights['99']).toBeCloseTo(tick(100), 0);
  });

  it('reaches as far down as it must, and leaves out what was never measured', () => {
    expect(tick(30)).toBeGreaterThan(tick(40));
    expect(markup.match(/<g class="held upper"><title>/g)).toHaveLength(3);
    expect(reliabilityFigure('held', { ...held, upper: held.coverage }).markup).not.toContain('>30<');
  });
});

describe('errors by the hour of the day', () => {
  const names = { id: 'hours', column: 'requests', dated: true };

  it('are bars as high as the error, beside the season repeated', () => {
    const { markup } = hourFigure(pathOf(24), names);
    const [, bottom, top] = /class="bar" d="M[\d.]+ ([\d.]+)V([\d.]+)H/.exec(markup) ?? [];
    const [, season] = /class="line season" d="M[\d.]+ ([\d.]+)H/.exec(markup) ?? [];
    expect((Number(bottom) - Number(season)) / (Number(bottom) - Number(top))).toBeCloseTo(3, 1);
  });

  it('leave out hours without a target', () => {
    expect(hourFigure(pathOf(5), names).markup.match(/<g><title>/g)).toHaveLength(5);
  });

  it('say where they are least and most', () => {
    const path = pathOf(24);
    path.actual[7] = 0;
    path.actual[3] = 109;
    expect(hourFigure(path, names).markup).toMatch(
      /Least at 3:00 to 4:00: off by 1,.* Most at 7:00 to 8:00: off by 110,/,
    );
  });
});
