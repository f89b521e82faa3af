import { describe, expect, it } from '@jest/globals';
import { type Panel, type PanelChart, panelFigure } from '../../../cli/chart/panel-figure.ts';
import { linePath } from '../../../cli/chart/svg-path.ts';
import { CALENDAR } from '../../../cli/page/time-words.ts';
import { attributeValues, markupProblems } from '../page/markup-problems.ts';

const HOUR = 3_600_000;

const chart: PanelChart = {
  id: 'one',
  title: 'Loads',
  unit: 'per 5 min',
  description: 'Two loads over a day.',
  fromMs: 0,
  toMs: 24 * HOUR,
  words: CALENDAR,
  steps: 288,
  mark: { ms: 18 * HOUR, label: 'forecast from here on' },
};

/** A level line over the whole time. */
const panel = (name: string, min: number, max: number): Panel => ({
  name,
  min,
  max,
  layers: ({ x, y }) => [
    {
      key: 'load',
      name: 'recorded',
      meaning: 'the load',
      shapes: [{ className: 'line load', path: linePath([{ from: x(0), to: x(24 * HOUR), y: y(max) }]) }],
    },
    { key: 'none', name: 'nothing', meaning: 'nothing', shapes: [{ className: 'line', path: '' }] },
  ],
});

const drawn = (...panels: readonly Panel[]): string => panelFigure(chart, panels).markup;
const yOf = (svg: string): readonly number[] =>
  attributeValues(svg, 'd')
    .flatMap((path) => /^M[\d.]+ ([\d.]+)L[\d.]+ \1$/.exec(path)?.[1] ?? [])
    .map(Number);

describe('a figure of panels', () => {
  it('is sound, and says what it is to those who cannot see it', () => {
    const svg = drawn(panel('a<b', 0, 10), panel('c', 0, 1));
    expect(markupProblems(`<!doctype html>${svg}`)).toEqual([]);
    expect(svg).toContain('aria-labelledby="one-t one-d"');
    expect(svg).toContain('<desc id="one-d">Two loads over a day.</desc>');
    expect(svg).toContain('>a&lt;b</text>');
  });

  it('draws each panel below the one before, on one axis of time', () => {
    const svg = drawn(panel('a', 0, 10), panel('b', 0, 1000), panel('c', 0, 0.1));
    const tops = yOf(svg);
    expect(tops).toHaveLength(3);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(svg.match(/06:00/g)).toHaveLength(1);
  });

  it('marks its moment once, through all panels', () => {
    const svg = drawn(panel('a', 0, 10), panel('b', 0, 10));
    const [line = ''] = attributeValues(svg, 'd').filter((path) => /^M[\d.]+ 4V/.test(path));
    const [, at, bottom] = /^M([\d.]+) 4V([\d.]+)$/.exec(line) ?? [];
    // Three quarters of the way from 112 to 1104.
    expect(Number(at)).toBe(856);
    expect(Number(bottom)).toBeGreaterThan(Math.max(...yOf(svg)));
  });

  it('names in its legend what is drawn, and that once', () => {
    expect(attributeValues(drawn(panel('a', 0, 10), panel('b', 0, 10)), 'data-toggles')).toEqual(['load']);
  });

  it.each([
    { case: 'from 0', min: 2, max: 10, said: undefined },
    { case: 'from 0 where all is alike', min: 7, max: 7, said: undefined },
    { case: 'from near the least where all is far above 0, and says so', min: 83, max: 92, said: 'axis from 82' },
  ])('has an axis $case', ({ min, max, said }) => {
    const svg = drawn(panel('mem', min, max));
    expect(/axis from [\d.]+/.exec(svg)?.[0]).toBe(said);
  });

  it('names a panel only where there are several', () => {
    expect(drawn(panel('mem', 0, 10))).not.toContain('>mem<');
    expect(drawn(panel('mem', 0, 10), panel('cpu', 0, 10))).toContain('>mem<');
  });
});
