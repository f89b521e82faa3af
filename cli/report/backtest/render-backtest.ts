import { createHash } from 'node:crypto';
import path from 'node:path';
import { duration, load, number } from '../format.ts';
import { html, type Markup, trusted } from '../html.ts';
import { PAGE_SCRIPT } from '../page-script.ts';
import { PAGE_STYLE } from '../page-style.ts';
import { backtestCards } from './backtest-cards.ts';
import { backtestNotes } from './backtest-notes.ts';
import { BACKTEST_STYLE } from './backtest-style.ts';
import { capacityFigures } from './capacity-figures.ts';
import { type BacktestPage, msOf, scoredSteps, wordsOf } from './page-data.ts';
import { paretoFigure } from './pareto-figure.ts';
import { priceFigure } from './price-figure.ts';
import { worstHours } from './worst-hours.ts';

/**
 * One self-contained HTML page about a backtest: it loads nothing, and its content security policy forbids that it ever
 * does. Everything from the data is escaped. Works without script: the first choice of policies is then drawn. The same
 * run gives the same bytes. Cost: O(arms · steps); the page grows with the policies, not with the steps.
 */
export function renderBacktest(page: BacktestPage): string {
  const title = `Backtest of ${path.basename(page.trace)}`;
  const markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(STYLE)}' '${hashOf(NO_SCRIPT_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
<noscript><style>${trusted(NO_SCRIPT_STYLE)}</style></noscript>
</head>
<body>
<header><h1>${title}</h1>${summary(page)}</header>
<main>
${section('short', 'In short', backtestCards(page))}
${section('price', 'What each policy would have cost', priceFigure(page))}
${section('capacity', 'Load against capacity', capacityFigures(page))}
${section('frontier', 'Cost against shortfall', paretoFigure(page))}
${section('worst', 'The worst hour of each policy', worstHours(page))}
${section('notes', 'What is modelled here', backtestNotes(page))}
</main>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return markup.markup;
}

const STYLE = `${PAGE_STYLE}${BACKTEST_STYLE}`;

const NO_SCRIPT_STYLE = '.legend input{display:none}.legend li:has(input:not(:checked)){display:none}';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;

const section = (id: string, title: string, content: Markup): Markup =>
  html`<section aria-labelledby="${id}-h"><h2 id="${id}-h">${title}</h2>${content}</section>`;

function summary(page: BacktestPage): Markup {
  const { problem, trace } = page;
  const { stepSeconds, bootSteps, lagSteps, penalty, meanNeed, maxNeed } = problem;
  const steps = scoredSteps(page);
  const words = wordsOf(page);
  const lag = lagSteps === 0 ? 'at once' : `${duration(lagSteps * stepSeconds)} late`;
  return html`<p class="summary"><b>${trace}</b>: ${number(steps)} scored steps of ${duration(stepSeconds)} from ${words.moment(msOf(page, 0))} to ${words.moment(msOf(page, steps))}. Boot ${duration(bootSteps * stepSeconds)}, load known ${lag}, a missing unit priced at ${number(penalty, 3)} × one that is there; need ${load(meanNeed)} units on average and ${number(maxNeed)} at most. ${words.said}</p>`;
}
