import { describe, expect, it } from '@jest/globals';
import type { ForecastPlot } from '../../../cli/forecast/plot/forecast-plot.ts';
import { renderForecast } from '../../../cli/forecast/plot/render-forecast.ts';
import { viewsOf } from '../../../cli/forecast/plot/views.ts';
import { attributeValues, markupProblems } from '../page/markup-problems.ts';
import { DAY_STEPS, expectedOf, one, recorded, STEP, several, wave } from './forecast-plots.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&`;

/** The paths of one class in one figure. */
function pathsIn(page: string, figure: string, className: string): readonly string[] {
  const from = page.indexOf(`id="${figure}"`);
  const svg = page.slice(from, page.indexOf('<ul class="legend">', from));
  return [...svg.matchAll(new RegExp(`<path class="${className}" d="([^"]+)"`, 'g'))].map(([, path = '']) => path);
}

const xs = (path: string): readonly number[] => [...path.matchAll(/[ML]([\d.]+) /g)].map(([, x]) => Number(x));
const ys = (path: string): readonly number[] => [...path.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
const momentIn = (page: string, figure: string): number =>
  Number(/^M([\d.]+) /.exec(pathsIn(page, figure, 'moment')[0] ?? '')?.[1]);

describe('the page of a forecast', () => {
  it.each([
    { case: 'one load', plot: one },
    { case: 'several loads', plot: several },
    { case: 'a file that names no day', plot: { ...one, dated: false } },
    { case: 'a record of blanks', plot: { ...one, loads: [{ ...one.loads[0]!, recorded: recorded(900, () => NaN) }] } },
    { case: 'no load at all', plot: { ...one, loads: [{ ...one.loads[0]!, recorded: recorded(864, () => 0) }] } },
    {
      case: 'names that try to be HTML',
      plot: {
        ...several,
        trace: HOSTILE,
        model: HOSTILE,
        follows: [HOSTILE],
        notes: [HOSTILE],
        loads: several.loads.map((load) => ({ ...load, column: HOSTILE })),
      },
    },
  ])('is sound for $case, draws no NaN and asks for nothing', ({ plot }) => {
    const page = renderForecast(plot);
    expect(markupProblems(page)).toEqual([]);
    expect(attributeValues(page, 'd').filter((path) => /NaN|Infinity|undefined/.test(path))).toEqual([]);
    expect(/<(img|link|iframe|object)|\ssrc="|href=|@import|https?:/.exec(page)).toBeNull();
    expect(renderForecast(plot)).toBe(page);
  });

  it('ends the record where the forecast begins', () => {
    for (const figure of ['whole', 'close']) {
      const page = renderForecast(one);
      const moment = momentIn(page, figure);
      const [load = '', expected = ''] = [
        pathsIn(page, figure, 'line load')[0],
        pathsIn(page, figure, 'line expected')[0],
      ];
      expect(Math.max(...xs(load))).toBeLessThan(moment);
      expect(Math.min(...xs(expected))).toBeGreaterThan(moment);
    }
  });

  it('draws the quantiles of the peak as wide as the lead window, from there on, in their order', () => {
    const page = renderForecast(one);
    const moment = momentIn(page, 'close');
    // The close view: the forecast's hour and two before it, 992 pixels wide.
    const window = (992 * 3) / (12 + 24);
    const edges = ['outer', 'middle', 'inner'].map((name) => {
      const [path = ''] = pathsIn(page, 'close', `band ${name}`);
      const [, left, top, right, bottom] = /^M([\d.]+) ([\d.]+)H([\d.]+)L[\d.]+ ([\d.]+)H[\d.]+Z$/.exec(path) ?? [];
      expect(Number(left)).toBeCloseTo(moment, 1);
      expect(Number(right) - Number(left)).toBeCloseTo(window, 0);
      return { top: Number(top), bottom: Number(bottom) };
    });
    const [outer, middle, inner] = edges;
    expect(outer!.bottom).toBe(middle!.top);
    expect(middle!.top).toBeLessThan(inner!.top);
    expect(inner!.bottom).toBeLessThan(middle!.bottom);
  });

  it('draws the only step of a path over its whole length', () => {
    const load = { ...one.loads[0]!, expected: expectedOf(1) };
    const [path = ''] = pathsIn(renderForecast({ ...one, loads: [load] }), 'close', 'line expected');
    const [, from, to] = /^M([\d.]+) [\d.]+H([\d.]+)$/.exec(path) ?? [];
    expect(Number(to) - Number(from)).toBeGreaterThan(10);
  });

  it('breaks the line where the record has a blank', () => {
    const lines = (blank: number): number => {
      const load = { ...one.loads[0]!, recorded: recorded(3 * DAY_STEPS, (i) => (i === blank ? NaN : wave(i))) };
      return pathsIn(renderForecast({ ...one, loads: [load] }), 'close', 'line load')[0]!.split('M').length - 1;
    };
    expect([lines(-1), lines(3 * DAY_STEPS - 6)]).toEqual([1, 2]);
  });

  it('gives each of several loads a panel with its fan, on one axis', () => {
    const page = renderForecast(several);
    const fans = pathsIn(page, 'whole', 'band inner');
    expect(fans).toHaveLength(2);
    expect(xs(fans[0]!)).toEqual(xs(fans[1]!));
    expect(Math.max(...ys(fans[0]!))).toBeLessThan(Math.min(...ys(fans[1]!)));
    // Wider the further ahead: four leads there along the upper edge, four back along the lower.
    const edge = ys(fans[0]!);
    const widths = [0, 1, 2, 3].map((k) => edge[7 - k]! - edge[k]!);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
    expect(page).toContain('mem follows cpu 10 min later.');
  });

  it('does not grow with the record', () => {
    const size = (days: number): number => {
      const steps = days * DAY_STEPS;
      const loads = [{ ...one.loads[0]!, recorded: recorded(steps) }];
      return renderForecast({ ...one, startMs: steps * STEP, loads }).length;
    };
    expect(size(300)).toBeLessThan(1.1 * size(3));
  });

  it('tells the expected loads and the priced level as numbers too', () => {
    const page = renderForecast(one);
    expect(page).toContain('1970-01-04 00:05 UTC</th><td>120</td>');
    expect(page).toContain('95.2 %, priced</th><td>141</td>');
    expect(renderForecast(several)).toContain(
      '1970-01-04 00:35 UTC</th><td>100 (70 … 130)</td><td>100 (70 … 130)</td>',
    );
  });
});

describe('the models that were tried', () => {
  const scores = ['arima-fourier', 'mstl-ets'].map((model, i) => ({
    model,
    pinball: 1 + i,
    pathError: 7 + i,
    origins: 100,
    refused: null,
  }));

  it('stand by their loss, and the one that answers is marked, first or not', () => {
    const page = renderForecast({ ...one, scores, why: 'no other is better than mstl-ets by 1.0 %' });
    expect(page).toContain('<tr class="ours"><th scope="row" class="text">mstl-ets</th><td>2</td><td>8</td>');
    expect(page).toContain('<tr><th scope="row" class="text">arima-fourier</th>');
    expect(page).toContain(
      'from each of the origins on the end of the record, and mean absolute error of the path of a whole day. ' +
        'Candidates are compared by the geometric mean of both. mstl-ets answers: no other is better than mstl-ets by 1.0 %.',
    );
    expect(markupProblems(page)).toEqual([]);
  });

  it('were judged on other groups where the load is a day old', () => {
    const page = renderForecast({ ...one, scores, fittedSteps: 2 * DAY_STEPS - 1 });
    expect(page).toContain('from each of the origins on days of other groups, and');
  });
});

describe('the views of a forecast', () => {
  const spans = (plot: ForecastPlot): readonly (readonly [number, number])[] =>
    viewsOf(plot).map(({ before, after }) => [before, after]);

  it.each([
    {
      case: 'an hour: a day of the past, and from near by',
      plot: one,
      views: [
        [DAY_STEPS, 12],
        [24, 12],
      ],
    },
    {
      case: 'a day: three days, and the lead window from near by',
      plot: { ...one, loads: [{ ...one.loads[0]!, expected: expectedOf(DAY_STEPS) }] },
      views: [
        [3 * DAY_STEPS, DAY_STEPS],
        [48, 24],
      ],
    },
    {
      case: 'a day of several loads: three days alone',
      plot: { ...several, loads: several.loads.map((load) => ({ ...load, expected: expectedOf(DAY_STEPS) })) },
      views: [[3 * DAY_STEPS, DAY_STEPS]],
    },
    {
      case: 'a lead window beyond the path: as far as the window',
      plot: { ...one, window: { ...one.window!, steps: 24 } },
      views: [
        [DAY_STEPS, 24],
        [48, 24],
      ],
    },
  ])('are, for $case', ({ plot, views }) => {
    expect(spans(plot)).toEqual(views);
  });
});
