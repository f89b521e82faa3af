import { clock, load, number } from '../../page/format.ts';
import { html, joined, type Markup } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import { type BacktestPage, msOf, type PageArm, scoredSteps, wordsOf } from './page-data.ts';
import { worstChart } from './worst-chart.ts';

/** Each policy's dearest hour with the decisions around it, the dearest first. */
export function worstHours(page: BacktestPage): Markup {
  const arms = [...page.arms].sort((a, b) => b.worst.excess - a.worst.excess);
  return html`<p class="reading">The hour in which each policy paid most above the optimum (shaded), with an hour before and after it. ${LEGEND} Prices are in units × steps.</p>
<div class="hours">${joined(arms.map((arm, i) => worstHour(page, arm, i)))}</div>`;
}

const LEGEND = html`<span class="key"><svg class="sample" viewBox="0 0 26 16" aria-hidden="true"><path class="area load" d="M1 3H25V13H1Z"/></svg> load, <svg class="sample" viewBox="0 0 26 16" aria-hidden="true"><path class="line need" d="M1 8H25"/></svg> need, <svg class="sample" viewBox="0 0 26 16" aria-hidden="true"><path class="line ready" d="M1 8H25"/></svg> in service, <svg class="sample" viewBox="0 0 26 16" aria-hidden="true"><path class="line desired" d="M1 8H25"/></svg> desired, <svg class="sample" viewBox="0 0 26 16" aria-hidden="true"><path class="area short" d="M1 3H25V13H1Z"/></svg> shortage.</span>`;

function worstHour(page: BacktestPage, arm: PageArm, i: number): Markup {
  const { from, steps, excess } = arm.worst;
  const { need, blank, scoreFrom } = page.problem;
  let [short, shortSteps] = [0, 0];
  for (let step = from; step < from + steps; step++) {
    const missing = blank[scoreFrom + step] === 1 ? 0 : Math.max(0, need[scoreFrom + step]! - arm.ready[step]!);
    short += missing;
    if (missing > 0) shortSteps++;
  }
  const [begins, ends] = [msOf(page, from), msOf(page, from + steps)];
  return html`<article class="hour"><h3>${armName(arm.name)}</h3>
<p class="reading">${wordsOf(page).moment(begins)} to ${clock(ends)}: ${number(excess)} above the optimum; ${number(short)} short in ${number(shortSteps)} of ${number(steps)} step(s).</p>
${worstChart(page, arm, i)}
<details><summary>decisions</summary><div class="scroll">${decisionTable(page, arm)}</div></details></article>`;
}

/** More rows than this tell less than the chart above them. */
const MOST_ROWS = 90;

/** The steps of the hour, and of one boot time before it, in which something changed or was missing. */
function decisionTable(page: BacktestPage, arm: PageArm): Markup {
  const { problem } = page;
  const { from, steps } = arm.worst;
  const first = Math.max(0, from - problem.bootSteps);
  const all = Array.from({ length: Math.min(scoredSteps(page), from + steps) - first }, (_, k) => first + k);
  const changed = all.filter((step) => step === first || changes(page, arm, step));
  const rows = changed.slice(0, MOST_ROWS).map((step) => row(page, arm, step));
  const cut =
    changed.length > rows.length ? ` The first ${rows.length} of ${changed.length} such steps are listed.` : '';
  return html`<table class="small"><caption>Steps in which need, capacity or decision changed, from one boot time before the hour on.${cut}</caption><thead><tr>${HEAD.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${joined(rows)}</tbody></table>`;
}

const HEAD = ['step', 'load', 'need', 'in service', 'desired', 'short'];

function changes({ problem }: BacktestPage, { ready, desired }: PageArm, step: number): boolean {
  const t = problem.scoreFrom + step;
  return (
    problem.need[t] !== problem.need[t - 1] ||
    ready[step] !== ready[step - 1] ||
    desired[step] !== desired[step - 1] ||
    problem.need[t]! > ready[step]!
  );
}

function row(page: BacktestPage, { ready, desired }: PageArm, step: number): Markup {
  const { problem } = page;
  const t = problem.scoreFrom + step;
  const blank = problem.blank[t] === 1;
  const missing = blank ? 0 : Math.max(0, problem.need[t]! - ready[step]!);
  const cells = [
    clock(msOf(page, step)),
    load(blank ? null : problem.load[t]),
    number(problem.need[t]),
    number(ready[step]),
    number(desired[step]),
    missing === 0 ? '' : number(missing),
  ];
  return html`<tr>${cells.map((cell, i) => html`<td class="${i === 5 ? 'bad' : ''}">${cell}</td>`)}</tr>`;
}
