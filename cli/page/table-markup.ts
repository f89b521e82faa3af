import { html, type Markup, trusted } from './html.ts';

/** A column of a table on a page. */
export interface PageColumn {
  readonly title: string;
  /** True for text; numbers stand to the right. */
  readonly text?: boolean;
}

/** A small table, and above it what its columns mean. */
export interface PageTable {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly PageColumn[];
  /** The first cell of each is its header. */
  readonly rows: readonly (readonly string[])[];
  /** Index of the row that stands out; none by default. */
  readonly marked?: number;
}

export function pageTable({ id, caption, columns, rows, marked }: PageTable): Markup {
  const kind = (j: number): Markup => trusted(columns[j]?.text === true ? ' class="text"' : '');
  const head = columns.map(({ title }, j) => html`<th scope="col"${kind(j)}>${title}</th>`);
  const body = rows.map(
    ([first = '', ...cells], i) =>
      html`<tr${trusted(i === marked ? ' class="ours"' : '')}><th scope="row"${kind(0)}>${first}</th>${cells.map((cell, j) => html`<td${kind(j + 1)}>${cell}</td>`)}</tr>`,
  );
  return html`<p class="reading" id="${id}">${caption}</p><div class="scroll"><table class="small" aria-labelledby="${id}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
