import { number } from '../page/format.ts';
import { html, joined, type Markup, trusted } from '../page/html.ts';
import { isOptimum } from './arm-names.ts';
import { PRICE_COLUMNS, priceCells } from './price-table.ts';
import type { DayReport, ReportArm } from './report-data.ts';

/** What every policy cost on the same load; left out with a sentence when there is none. */
export function priceSection({ arms, penalty, policy }: DayReport): Markup {
  const heading = html`<h2 id="price-h">What each policy would have cost</h2>`;
  if (arms.length === 0) {
    return html`<section aria-labelledby="price-h">${heading}<p class="left-out">Left out: no other policy was run on this load.</p></section>`;
  }
  const head = PRICE_COLUMNS.map(
    ({ title, align }) => html`<th scope="col" class="${align === 'right' ? 'num' : ''}">${title}</th>`,
  );
  const weight = penalty === null ? 'the penalty' : number(penalty, 2);
  return html`<section aria-labelledby="price-h">${heading}
<div class="scroll"><table class="prices"><caption class="reading">All on the same load, with the same boot time, capacities in ${policy.unit}. <b>cost</b>: ${policy.unit} × steps billed. <b>short</b>: ${policy.unit} × steps missing. <b>price J</b> = cost + ${weight} × short. <b>J/J*</b>: against the clairvoyant optimum. <b>breach</b>: share of steps with the need above what was in service. <b>cold start</b>: load that arrived in them, and its <b>share</b>.</caption>
<thead><tr>${joined(head)}</tr></thead><tbody>${joined(arms.map(row))}</tbody></table></div></section>`;
}

function row(arm: ReportArm): Markup {
  const [name = '', ...cells] = priceCells(arm);
  const kind = arm.name === 'prescale' ? trusted(' class="ours"') : isOptimum(arm.name) ? trusted(' class="best"') : '';
  return html`<tr${kind}><th scope="row">${name}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`;
}
