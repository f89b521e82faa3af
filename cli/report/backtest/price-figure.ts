import { fixed, number } from '../../page/format.ts';
import { html, joined, type Markup, trusted } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import { PRICE_COLUMNS, priceCells } from '../price-table.ts';
import type { ArmScore } from '../report-data.ts';
import type { BacktestPage, PageArm } from './page-data.ts';

/** What every policy cost, the cheapest first, with intervals; the optimum closes the table. */
export function priceFigure(page: BacktestPage): Markup {
  const [policy, price, ratio, ...others] = PRICE_COLUMNS.map(
    ({ title, align }) => html`<th scope="col" class="${align === 'right' ? 'num' : ''}">${title}</th>`,
  );
  const head = [policy, price, ratio, html`<th scope="col" class="num">95 % interval</th>`, ...others].flatMap(
    (cell) => cell ?? [],
  );
  const arms = [...page.arms].sort((a, b) => a.score.J - b.score.J);
  const rows = [...arms.map(armRow), rowOf('optimum', page.optimumScore, { interval: '', kind: 'best' })];
  return html`<div class="scroll"><table class="prices"><caption class="reading">All on the same load, with the same boot time. <b>cost</b>: units × steps billed. <b>short</b>: units × steps missing. <b>price J</b> = cost + ${number(page.problem.penalty, 3)} × short. <b>J/J*</b>: against the clairvoyant optimum. <b>breach</b>: share of steps with the need above what was in service. <b>cold start</b>: load that arrived in them, and its <b>share</b>.</caption>
<thead><tr>${joined(head)}</tr></thead><tbody>${joined(rows)}</tbody></table></div>
<p class="reading">${methodOf(page)}</p>`;
}

const armRow = ({ name, score, interval }: PageArm): Markup =>
  rowOf(name, score, {
    interval: interval === undefined ? '–' : `${fixed(interval.low, 3)} – ${fixed(interval.high, 3)}`,
    kind: name === 'prescale' ? 'ours' : '',
  });

function rowOf(
  name: string,
  score: ArmScore,
  { interval, kind }: { readonly interval: string; readonly kind: string },
): Markup {
  const [, price = '', ratio = '', ...others] = priceCells({ name, score });
  const cells = [price, ratio, interval, ...others].map((cell) => html`<td class="num">${cell}</td>`);
  return html`<tr${trusted(kind === '' ? '' : ` class="${kind}"`)}><th scope="row">${armName(name)}</th>${cells}</tr>`;
}

const METHOD =
  'The interval is of J/J* by the moving-block bootstrap: days of neighbouring steps are drawn with replacement, 2,000 times, and both prices are taken from the same days; its ends are the 2.5 % and the 97.5 % quantile. The drawing is seeded and the same for every policy. It says how much the ratio hangs on which days were recorded, and nothing of days unlike all of them.';

const methodOf = ({ arms }: BacktestPage): string =>
  arms.some(({ interval }) => interval !== undefined)
    ? METHOD
    : 'No interval is given: it takes at least two scored days, and one says nothing of another.';
