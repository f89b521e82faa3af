import { fixed, number, percent } from '../../page/format.ts';
import { html, joined, type Markup } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import { against } from '../headline-section.ts';
import type { BacktestPage, PageArm } from './page-data.ts';

/** The figures to read first: the policy in question against the optimum and against the rivals that people know. */
export function backtestCards(page: BacktestPage): Markup {
  const ours = page.arms.find(({ name }) => name === 'prescale') ?? cheapest(page.arms);
  if (ours === undefined) return html``;
  const rivals = rivalsOf(page.arms, ours);
  return html`<dl class="cards">${joined([ratioCard(page, ours), ...rivals.map((rival) => rivalCard(ours, rival)), coldCard(ours)])}</dl>`;
}

const cheapest = (arms: readonly PageArm[]): PageArm | undefined => [...arms].sort((a, b) => a.score.J - b.score.J)[0];

/** The cheapest of the others, and what groups do today. */
function rivalsOf(arms: readonly PageArm[], ours: PageArm): readonly PageArm[] {
  const others = arms.filter((arm) => arm !== ours);
  const known = others.filter(({ name }) => name === 'target-tracking-50' || name === 'target-tracking-70');
  const best = cheapest(others);
  return [...new Set(best === undefined ? known : [best, ...known])];
}

const card = (figure: string, name: string, text: string): Markup =>
  html`<div class="card"><dt>${name}</dt><dd class="figure">${figure}</dd><dd>${text}</dd></div>`;

function ratioCard({ problem }: BacktestPage, { name, score, interval }: PageArm): Markup {
  const range = interval === undefined ? '' : ` 95 % interval ${fixed(interval.low, 3)} to ${fixed(interval.high, 3)}.`;
  const price = `billed + ${number(problem.penalty, 3)} × missing`;
  return card(
    `${fixed(score.ratio, 3)} ×`,
    `price of ${armName(name)}, against the optimum`,
    `Price is ${price}. 1 is what somebody who knew the whole load would have paid.${range}`,
  );
}

const rivalCard = ({ name, score }: PageArm, rival: PageArm): Markup =>
  card(
    against(score.J, rival.score.J),
    `price of ${armName(name)}, against ${armName(rival.name)}`,
    `Billed: ${against(score.cost, rival.score.cost)}. Missing: ${number(score.short)} against ${number(rival.score.short)} units × steps.`,
  );

const coldCard = ({ name, score }: PageArm): Markup =>
  card(
    percent(score.coldStartShare, 2),
    `of the load met too little under ${armName(name)}`,
    `${number(score.coldStartRequests)} arrived while the need was above what was in service, in ${percent(score.breachShare, 1)} of the steps.`,
  );
