import { html, joined, type Markup } from '../page/html.ts';
import { PLOT } from './plot.ts';
import type { Scale } from './scale.ts';

/** A value beside its line: thousands from ten thousand on. */
export const tickLabel = (value: number): string =>
  value >= 10_000 ? `${Number((value / 1000).toPrecision(6))}k` : String(value);

/** A line across the plot at each value, and the value in the left margin. */
export function valueLines(y: Scale, ticks: readonly number[]): Markup {
  const lines = ticks.map((value) => {
    const at = Math.round(y(value) * 10) / 10;
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text class="tick" x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${tickLabel(value)}</text>`;
  });
  return html`<g class="axis">${joined(lines)}</g>`;
}
