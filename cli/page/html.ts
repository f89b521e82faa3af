/** Text that is already HTML. Only `html`, `joined` and `trusted` make it, so that what comes from outside is always escaped. */
export interface Markup {
  readonly markup: string;
}

type Part = Markup | string | number | null | undefined | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in a quoted attribute. Control characters, which HTML forbids, become U+FFFD. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c).replace(/\p{Cc}/gu, (c) => (/[\t\n\r]/.test(c) ? c : '\uFFFD'));

/** Marks our own constant text as HTML. Never for anything that came from outside. */
export const trusted = (markup: string): Markup => ({ markup });

export const nothing: Markup = trusted('');

/** A template whose values are escaped unless they are `Markup`; null and undefined are nothing. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  trusted(strings.reduce((text, s, i) => text + render(parts[i - 1]) + s));

/** Pieces one after the other. */
export const joined = (pieces: readonly Markup[], between = ''): Markup =>
  trusted(pieces.map(({ markup }) => markup).join(between));

const isList = (part: Part): part is readonly Markup[] => Array.isArray(part);

function render(part: Part): string {
  if (part === null || part === undefined) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return isList(part) ? joined(part).markup : part.markup;
}
