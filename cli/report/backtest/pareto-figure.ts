import { px } from '../../chart/svg-path.ts';
import { type ValueAxis, valueAxis } from '../../chart/value-axis.ts';
import { fixed, number } from '../../page/format.ts';
import { html, joined, type Markup, nothing } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import type { BacktestPage, PageArm } from './page-data.ts';
import { type PlacedLabel, placedLabels } from './placed-labels.ts';

const PLOT = { width: 1120, height: 560, left: 90, right: 1100, top: 16, bottom: 500 } as const;

interface Point {
  readonly name: string;
  readonly cost: number;
  readonly short: number;
  readonly ratio: number | null;
  readonly dominatedBy: string | undefined;
}

/** What each policy spent against what it lacked: to the left and below is better. */
export function paretoFigure(page: BacktestPage): Markup {
  const { optimumScore } = page;
  const best: Point = { name: 'optimum', ...costOf(optimumScore), ratio: 1, dominatedBy: undefined };
  const points = [...page.arms.map(pointOf), best];
  const x = valueAxis(
    points.map(({ cost }) => cost / best.cost),
    [PLOT.left + 12, PLOT.right - 12],
  );
  const y = valueAxis(
    points.map(({ short }) => short),
    [PLOT.bottom - 12, PLOT.top + 12],
  );
  const place = ({ cost, short }: Point) => ({ x: px(x.at(cost / best.cost)), y: px(y.at(short)) });
  const labels = placedLabels(
    points.map((point) => ({ ...place(point), text: armName(point.name) })),
    { left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom },
  );
  const marks = points.map((point, i) => markOf(point, labels[i]!));
  return html`<figure class="chart pareto" id="pareto">
<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-labelledby="pareto-t pareto-d">
<title id="pareto-t">Cost against shortfall</title><desc id="pareto-d">Each policy’s cost in multiples of the optimum’s against the units × steps that it lacked; the price table has the numbers.</desc>
${axesOf(x, y)}${frontier(points, place)}${joined(labels.map(leader))}${joined(marks)}
</svg></figure>
<p class="reading">Filled: on the frontier, no other policy spent less without lacking more. Hollow: dominated. The diamond is the clairvoyant optimum. Down and left is better${scaleSaid(x, y)}</p>
${dominatedSaid(page.arms)}`;
}

const costOf = ({ cost, short }: { readonly cost: number; readonly short: number }) => ({ cost, short });

const pointOf = ({ name, score, dominatedBy }: PageArm): Point => ({
  name,
  ...costOf(score),
  ratio: score.ratio,
  dominatedBy,
});

function markOf(
  { name, cost, short, ratio, dominatedBy }: Point,
  { x, y, labelX, labelY, anchor }: PlacedLabel,
): Markup {
  const kind =
    name === 'optimum' ? 'best' : name === 'prescale' ? 'ours' : dominatedBy === undefined ? 'frontier' : 'dominated';
  const said = dominatedBy === undefined ? '' : `; dominated by ${armName(dominatedBy)}`;
  const shape =
    name === 'optimum'
      ? html`<path d="M${x} ${px(y - 8)}L${px(x + 8)} ${y}L${x} ${px(y + 8)}L${px(x - 8)} ${y}Z"/>`
      : html`<circle cx="${x}" cy="${y}" r="${name === 'prescale' ? 7 : 5.5}"/>`;
  const hollow = dominatedBy === undefined ? '' : ' hollow';
  return html`<g class="point ${kind}${hollow}"><title>${armName(name)}: cost ${number(cost)}, short ${number(short)}, ${fixed(ratio, 3)} × the optimum’s price${said}</title>${shape}<text x="${labelX}" y="${px(labelY + 4.5)}" text-anchor="${anchor}">${armName(name)}</text></g>`;
}

const leader = ({ x, y, labelX, labelY, led }: PlacedLabel): Markup =>
  led ? html`<path class="leader" d="M${x} ${y}L${px(labelX)} ${px(labelY)}"/>` : nothing;

/** Stairs through the policies that nobody dominates, the optimum aside. */
function frontier(
  points: readonly Point[],
  place: (point: Point) => { readonly x: number; readonly y: number },
): Markup {
  const kept = points
    .filter(({ name, dominatedBy }) => name !== 'optimum' && dominatedBy === undefined)
    .sort((a, b) => a.cost - b.cost)
    .map(place);
  const path = kept.map(({ x, y }, i) => (i === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join('');
  return path === '' ? nothing : html`<path class="frontier-line" d="${path}"/>`;
}

function axesOf(x: ValueAxis, y: ValueAxis): Markup {
  const across = x.ticks.map((value) => {
    const at = px(x.at(value));
    return html`<path class="grid" d="M${at} ${PLOT.top}V${PLOT.bottom}"/><text class="tick" x="${at}" y="${PLOT.bottom + 20}" text-anchor="middle">${number(value, 2)} ×</text>`;
  });
  const up = y.ticks.map((value) => {
    const at = px(y.at(value));
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text class="tick" x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${number(value, 2)}</text>`;
  });
  return html`<g class="axis">${joined(across)}${joined(up)}<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 46}" text-anchor="middle">cost, in multiples of the optimum’s</text><text transform="translate(20 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle">units × steps short</text></g>`;
}

function scaleSaid(x: ValueAxis, y: ValueAxis): string {
  const logs = [...(x.log ? ['cost'] : []), ...(y.log ? ['shortfall'] : [])];
  if (logs.length === 0) return '.';
  const apart = x.zeroApart || y.zeroApart ? ' 0 stands apart, at the edge.' : '';
  return `; the scale of ${logs.join(' and ')} is logarithmic.${apart}`;
}

function dominatedSaid(arms: readonly PageArm[]): Markup {
  const said = arms.flatMap(({ name, dominatedBy }) =>
    dominatedBy === undefined ? [] : [`${armName(name)} by ${armName(dominatedBy)}`],
  );
  return said.length === 0 ? nothing : html`<p class="reading"><b>Dominated:</b> ${said.join('; ')}.</p>`;
}
