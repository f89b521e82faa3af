import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from './html.ts';

/** What one page is made of. Style and script are our own constant text; everything else is escaped. */
export interface PageParts {
  readonly title: string;
  /** Below the title: what the page is about. */
  readonly summary: Markup;
  readonly main: Markup;
  readonly style: string;
  /** Style where scripts do not run. */
  readonly noScriptStyle: string;
  readonly script: string;
}

/**
 * One self-contained HTML page: it loads nothing, and its content security policy forbids that it ever does; the only
 * script and style that may run are those inside, by their hashes. The same parts give the same bytes.
 */
export function pageDocument({ title, summary, main, style, noScriptStyle, script }: PageParts): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}' '${hashOf(noScriptStyle)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(style)}</style>
<noscript><style>${trusted(noScriptStyle)}</style></noscript>
</head>
<body>
<header><h1>${title}</h1>${summary}</header>
<main>
${main}
</main>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.markup;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;

/** A part of a page under a heading of its own; `id` is unique on the page, letters and dashes. */
export const pageSection = (id: string, title: string, content: Markup): Markup =>
  html`<section aria-labelledby="${id}-h"><h2 id="${id}-h">${title}</h2>${content}</section>`;
