import path from 'node:path';
import { LAYER_SCRIPT, NO_SCRIPT_STYLE } from '../../chart/layer-script.ts';
import { duration, load, number } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import { pageDocument, pageSection } from '../../page/page-document.ts';
import { PAGE_STYLE } from '../../page/page-style.ts';
import { backtestCards } from './backtest-cards.ts';
import { backtestNotes } from './backtest-notes.ts';
import { BACKTEST_STYLE } from './backtest-style.ts';
import { capacityFigures } from './capacity-figures.ts';
import { type BacktestPage, msOf, scoredSteps, wordsOf } from './page-data.ts';
import { paretoFigure } from './pareto-figure.ts';
import { priceFigure } from './price-figure.ts';
import { worstHours } from './worst-hours.ts';

/**
 * The page about a backtest (`pageDocument`). Everything from the data is escaped. Works without script: the first choice
 * of policies is then drawn. The same run gives the same bytes. Cost: O(arms · steps); the page grows with the policies,
 * not with the steps.
 */
export const renderBacktest = (page: BacktestPage): string =>
  pageDocument({
    title: `Backtest of ${path.basename(page.trace)}`,
    summary: summary(page),
    main: html`${pageSection('short', 'In short', backtestCards(page))}
${pageSection('price', 'What each policy would have cost', priceFigure(page))}
${pageSection('capacity', 'Load against capacity', capacityFigures(page))}
${pageSection('frontier', 'Cost against shortfall', paretoFigure(page))}
${pageSection('worst', 'The worst hour of each policy', worstHours(page))}
${pageSection('notes', 'What is modelled here', backtestNotes(page))}`,
    style: `${PAGE_STYLE}${BACKTEST_STYLE}`,
    noScriptStyle: NO_SCRIPT_STYLE,
    script: LAYER_SCRIPT,
  });

function summary(page: BacktestPage): Markup {
  const { problem, trace } = page;
  const { stepSeconds, bootSteps, lagSteps, penalty, meanNeed, maxNeed } = problem;
  const steps = scoredSteps(page);
  const words = wordsOf(page);
  const lag = lagSteps === 0 ? 'at once' : `${duration(lagSteps * stepSeconds)} late`;
  return html`<p class="summary"><b>${trace}</b>: ${number(steps)} scored steps of ${duration(stepSeconds)} from ${words.moment(msOf(page, 0))} to ${words.moment(msOf(page, steps))}. Boot ${duration(bootSteps * stepSeconds)}, load known ${lag}, a missing unit priced at ${number(penalty, 3)} × one that is there; need ${load(meanNeed)} units on average and ${number(maxNeed)} at most. ${words.said}</p>`;
}
