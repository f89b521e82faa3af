import { html, joined, type Markup } from '../page/html.ts';
import { PLOT } from './plot.ts';
import { px } from './svg-path.ts';

/** A row under the plot that marks spans of time, so that even one short step is seen. */
export interface Lane {
  /** A few letters: it stands in the left margin. */
  readonly name: string;
  /** What a mark means, for the pointer that rests on it. */
  readonly meaning: string;
  readonly className: string;
  /** In pixels across. */
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

const LANE = { gap: 8, height: 17, mark: 11 } as const;

/** Marks narrower than this cannot be seen. */
const LEAST_MARK = 2.5;

/** Pixels that so many lanes take. */
export const lanesHeight = (count: number): number => (count === 0 ? 0 : LANE.gap + count * LANE.height);

/** The lanes one under the other, below the plot. */
export function laneGroup(lanes: readonly Lane[], plotBottom: number): Markup {
  const rows = lanes.map(({ name, meaning, className, spans }, i) => {
    const top = plotBottom + LANE.gap + i * LANE.height;
    const marks = spans.map(({ from, to }) => {
      const width = Math.max(LEAST_MARK, to - from);
      return `M${px(from)} ${top}h${px(width)}v${LANE.mark}h${px(-width)}z`;
    });
    return html`<g><title>${meaning}</title><path class="lane" d="M${PLOT.left} ${top}H${PLOT.right}v${LANE.mark}H${PLOT.left}z"/><path class="${className}" d="${marks.join('')}"/><text class="lane-name" x="${PLOT.left - 8}" y="${top + LANE.mark - 1}" text-anchor="end">${name}</text></g>`;
  });
  return html`<g class="lanes">${joined(rows)}</g>`;
}
