import { describe, expect, it } from '@jest/globals';
import { PAGE_STYLE } from '../../../cli/page/page-style.ts';

const schemes = [...PAGE_STYLE.matchAll(/:root\{([^}]*--paper:[^}]*)\}/g)].map(
  ([, body = '']) =>
    new Map([...body.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name = '', hex = '']) => [name, hex])),
);

/** Relative luminance of a colour, in [0, 1]. WCAG 2.2, definition of relative luminance. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const c = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const both = [luminance(a), luminance(b)];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}

const worst = (names: readonly string[], grounds: readonly string[]): readonly number[] =>
  schemes.map((colours) =>
    Math.min(...names.flatMap((name) => grounds.map((ground) => contrast(colours.get(name)!, colours.get(ground)!)))),
  );

describe('the style of a report', () => {
  it('has a light and a dark scheme with the same colours', () => {
    expect(schemes).toHaveLength(2);
    expect([...schemes[0]!.keys()]).toEqual([...schemes[1]!.keys()]);
  });

  it('gives text a contrast of 4.5 on each of its grounds (WCAG AA)', () => {
    const grounds = ['paper', 'panel', 'accent-soft'];
    for (const ratio of worst(['ink', 'soft', 'accent', 'good', 'bad', 'desired'], grounds)) {
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('gives lines and marks a contrast of 3 on paper (WCAG AA)', () => {
    const lines = ['load', 'need', 'floor', 'desired', 'ready', 'rival-0', 'rival-1', 'short', 'uncovered', 'accent'];
    for (const ratio of worst(lines, ['paper'])) expect(ratio).toBeGreaterThanOrEqual(3);
  });

  it('moves nothing, so that nobody has to ask for less motion', () => {
    expect(PAGE_STYLE).not.toMatch(/animation|transition|scroll-behavior/);
  });

  it('loads nothing', () => {
    expect([...PAGE_STYLE.matchAll(/url\(([^)]*)\)|@import|@font-face/g)].map(([, target]) => target)).toEqual([
      '#capacity-chart-h',
    ]);
  });
});
