import { html, type Markup, trusted } from './html.ts';

/** A column of a table on a page. */
export interface PageColumn {
  readonly title: string;
  /** True for text; numbers stand to the right. */
  readonly text?: boolean;
}

/** A small table: the first cell of each row is its header. `caption` says what the columns mean. */
export function pageTable(
  columns: readonly PageColumn[],
  rows: readonly (readonly string[])[],
  caption: string,
): Markup {
  const kind = (j: number): Markup => trusted(columns[j]?.text === true ? ' class="text"' : '');
  const head = columns.map(({ title }, j) => html`<th scope="col"${kind(j)}>${title}</th>`);
  const body = rows.map(
    ([first = '', ...cells]) =>
      html`<tr><th scope="row"${kind(0)}>${first}</th>${cells.map((cell, j) => html`<td${kind(j + 1)}>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll"><table class="small"><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
