import { html, joined, type Markup } from '../page/html.ts';

/** Where a small chart's plot lies in its drawing, in pixels of the view box; two stand side by side on a wide page. */
export const HALF = { width: 560, height: 312, left: 58, right: 548, top: 16, bottom: 252 } as const;

/** A label on an axis, in pixels along it. */
export interface AxisLabel {
  readonly at: number;
  readonly text: string;
}

/** What a mark of a small chart looks like, and what it means. */
export interface KeyEntry {
  /** Drawn in a box of 26 by 16 pixels. */
  readonly sample: Markup;
  readonly meaning: string;
}

export interface HalfChart {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** What a person who cannot see the chart should know. */
  readonly description: string;
  /** Under the plot, and what they count. */
  readonly across: readonly AxisLabel[];
  readonly acrossName: string;
  /** To its left, each with a line through the plot. */
  readonly up: readonly AxisLabel[];
  readonly key: readonly KeyEntry[];
}

/** A small figure with its title and description, axes, marks and a key to them. */
export function halfFigure({ id, title, unit, description, ...chart }: HalfChart, marks: Markup): Markup {
  const lines = chart.up.map(
    ({ at, text }) =>
      html`<path class="grid" d="M${HALF.left} ${at}H${HALF.right}"/><text x="${HALF.left - 8}" y="${at + 4}" text-anchor="end">${text}</text>`,
  );
  const labels = chart.across.map(
    ({ at, text }) =>
      html`<path class="grid" d="M${at} ${HALF.bottom}v5"/><text x="${at}" y="${HALF.bottom + 21}" text-anchor="middle">${text}</text>`,
  );
  const key = chart.key.map(
    ({ sample, meaning }) =>
      html`<li><svg class="sample" viewBox="0 0 26 16" aria-hidden="true">${sample}</svg><span>${meaning}</span></li>`,
  );
  return html`<figure class="half" id="${id}"><figcaption>${title} <span class="unit">${unit}</span></figcaption>
<svg viewBox="0 0 ${HALF.width} ${HALF.height}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>
<g class="axis">${joined(lines)}${joined(labels)}<text x="${(HALF.left + HALF.right) / 2}" y="${HALF.bottom + 46}" text-anchor="middle">${chart.acrossName}</text></g>${marks}
</svg><ul class="key">${joined(key)}</ul></figure>`;
}
