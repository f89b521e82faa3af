import type { LeadAccuracy } from '../../../models/forecast/lead/lead-accuracy.ts';
import { LEVELS } from '../../../models/forecast/lead/lead-intervals.ts';
import { HALF, halfFigure, type KeyEntry } from '../../chart/half-figure.ts';
import { linearScale, type Scale } from '../../chart/scale.ts';
import { px } from '../../chart/svg-path.ts';
import { percent } from '../../page/format.ts';
import { html, joined, type Markup } from '../../page/html.ts';

/** Shares below this are drawn only where something is held so rarely. */
const FLOOR = 0.4;

/** How many targets intervals and upper quantiles held against what they promise; on the diagonal they keep their word. */
export function reliabilityFigure(id: string, { coverage, upper }: LeadAccuracy): Markup {
  const least = [...coverage, ...upper].filter(Number.isFinite).reduce((a, b) => Math.min(a, b), FLOOR);
  const floor = Math.floor(least * 10 + 1e-9) / 10;
  const x = linearScale([FLOOR, 1], [HALF.left, HALF.right - 14]);
  const y = linearScale([floor, 1], [HALF.bottom, HALF.top]);
  const tenths = Array.from({ length: Math.round((1 - floor) * 10) + 1 }, (_, i) => floor + i / 10);
  const chart = {
    id,
    title: 'Held against promised',
    unit: '% of the targets',
    description: `Central intervals: ${saidOf(coverage)}. Upper quantiles: ${saidOf(upper)}.`,
    across: LEVELS.map((level) => ({ at: px(x(level)), text: String(Math.round(level * 100)) })),
    acrossName: 'promised',
    up: tenths.map((share) => ({ at: px(y(share)), text: String(Math.round(share * 100)) })),
    key: KEY,
  };
  const from = Math.max(FLOOR, floor);
  const diagonal = html`<path class="line before" d="M${px(x(from))} ${px(y(from))}L${px(x(1))} ${px(y(1))}"/>`;
  return halfFigure(
    chart,
    html`${diagonal}${pointsOf(upper, 'upper', { x, y })}${pointsOf(coverage, 'central', { x, y })}`,
  );
}

const saidOf = (held: readonly number[]): string =>
  LEVELS.map((level, i) => `${percent(level)} promised, ${percent(held[i], 1)} held`).join('; ');

function pointsOf(
  held: readonly number[],
  kind: 'central' | 'upper',
  { x, y }: { readonly x: Scale; readonly y: Scale },
): Markup {
  const marks = held.flatMap((share, i) => {
    const level = LEVELS[i]!;
    const [at, height] = [px(x(level)), px(y(share))];
    return Number.isFinite(share)
      ? [
          html`<g class="held ${kind}"><title>${percent(level)} promised, ${percent(share, 1)} held</title>${SHAPES[kind](at, height)}</g>`,
        ]
      : [];
  });
  return joined(marks);
}

/** Told apart by their shape. */
const SHAPES = {
  central: (x: number, y: number): Markup => html`<circle cx="${x}" cy="${y}" r="5"/>`,
  upper: (x: number, y: number): Markup =>
    html`<path d="M${x} ${px(y - 7)}L${px(x + 7)} ${y}L${x} ${px(y + 7)}L${px(x - 7)} ${y}Z"/>`,
};

const KEY: readonly KeyEntry[] = [
  { sample: html`<g class="held central">${SHAPES.central(13, 8)}</g>`, meaning: 'central intervals' },
  { sample: html`<g class="held upper">${SHAPES.upper(13, 8)}</g>`, meaning: 'upper quantiles' },
  { sample: html`<path class="line before" d="M1 8H25"/>`, meaning: 'as promised; above it more is held than need be' },
];
