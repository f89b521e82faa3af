import { html, joined, type Markup } from '../page/html.ts';
import { PLOT } from './plot.ts';
import type { Scale } from './scale.ts';

const UNITS = [
  { from: 1e13, unit: 1e12, letter: 'T' },
  { from: 1e10, unit: 1e9, letter: 'G' },
  { from: 1e7, unit: 1e6, letter: 'M' },
  { from: 1e4, unit: 1e3, letter: 'k' },
] as const;

/** A value beside its line: in thousands from ten thousand on, in millions from ten million, and so on. */
export function tickLabel(value: number): string {
  const found = UNITS.find(({ from }) => value >= from);
  return found === undefined ? String(value) : `${Number((value / found.unit).toPrecision(6))}${found.letter}`;
}

/** A line across the plot at each value, and the value in the left margin. */
export function valueLines(y: Scale, ticks: readonly number[]): Markup {
  const lines = ticks.map((value) => {
    const at = Math.round(y(value) * 10) / 10;
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text class="tick" x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${tickLabel(value)}</text>`;
  });
  return html`<g class="axis">${joined(lines)}</g>`;
}
