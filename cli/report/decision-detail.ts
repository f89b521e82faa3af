import type { LedgerRecord } from '../../loop/ports.ts';
import { html, type Markup, nothing, trusted } from '../page/html.ts';
import { decisionAccount, type Passage, type Told, type ToldTable } from './decision-account.ts';
import type { Came } from './forecast-check.ts';

/** The account of one decision as a list of terms. */
export const decisionDetail = (record: LedgerRecord, came: Came | null): Markup =>
  html`<dl class="detail">${decisionAccount(record, came).map(passage)}</dl>`;

const passage = ({ name, told }: Passage): Markup =>
  html`<div><dt>${name.charAt(0).toUpperCase()}${name.slice(1)}</dt>${told.map((one) => html`<dd>${part(one)}</dd>`)}</div>`;

function part(told: Told): Markup {
  if (typeof told === 'string') return html`${told}`;
  return 'numbered' in told ? html`<ol>${told.numbered.map((one) => html`<li>${one}</li>`)}</ol>` : table(told);
}

/** Cells stand to the right unless they say otherwise: most are numbers, and there are thousands. */
function table({ caption, columns, rows }: ToldTable): Markup {
  const kindOf = (i: number): Markup => (columns[i]?.align === 'left' ? trusted(' class="text"') : nothing);
  const head = columns.map(({ title }, i) => html`<th scope="col"${kindOf(i)}>${title}</th>`);
  const body = rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row"${kindOf(0)}>${first}</th>${rest.map((cell, i) => html`<td${kindOf(i + 1)}>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll"><table class="small"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
