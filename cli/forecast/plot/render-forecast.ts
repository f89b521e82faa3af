import path from 'node:path';
import { LAYER_SCRIPT, NO_SCRIPT_STYLE } from '../../chart/layer-script.ts';
import { PLOT_STYLE } from '../../chart/plot-style.ts';
import { load as asLoad, duration, number, percent } from '../../page/format.ts';
import { html, joined, type Markup, nothing } from '../../page/html.ts';
import { pageDocument, pageSection } from '../../page/page-document.ts';
import { PAGE_STYLE } from '../../page/page-style.ts';
import { type ForecastPlot, startOf, wordsOf } from './forecast-plot.ts';
import { candidatesSection, numbersTable, peakTable } from './forecast-tables.ts';
import { loadFigures } from './load-figures.ts';

/**
 * The page about a forecast (`pageDocument`): the newest part of the record and what is expected after it. Everything from
 * the file is escaped. The same forecast gives the same bytes. O(steps); the page is no larger for a longer record.
 */
export const renderForecast = (plot: ForecastPlot): string =>
  pageDocument({
    title: `Forecast of ${plot.loads.map(({ column }) => column).join(', ')} after ${path.basename(plot.trace)}`,
    summary: summary(plot),
    main: html`${plot.window === undefined ? nothing : pageSection('short', 'In short', cards(plot, plot.window))}
${pageSection('load', 'The load', html`${loadFigures(plot)}${reading(plot)}${numbersTable(plot)}`)}
${plot.window === undefined ? nothing : pageSection('peak', 'The peak over the lead window', peakTable(plot))}
${notes(plot)}
${candidatesSection(plot)}`,
    style: `${PAGE_STYLE}${PLOT_STYLE}`,
    noScriptStyle: NO_SCRIPT_STYLE,
    script: LAYER_SCRIPT,
  });

function summary(plot: ForecastPlot): Markup {
  const { moment, said } = wordsOf(plot);
  const last = plot.loads[0]!.expected.at(-1)!.after;
  return html`<p class="summary"><b>${plot.trace}</b>: forecast from ${moment(plot.startMs)} to ${moment(startOf(plot, last + 1))} in steps of ${duration(plot.stepMs / 1000)}, by <b>${plot.model}</b>, fitted to ${number(plot.fittedSteps)} steps. ${said}</p>`;
}

/** What a reader in a hurry takes away of one load; several have their panels. */
function cards({ stepMs }: ForecastPlot, window: NonNullable<ForecastPlot['window']>): Markup {
  const ahead = duration((window.steps * stepMs) / 1000);
  return html`<dl class="cards">
<div class="card"><dt>load at the priced level</dt><dd class="figure">${asLoad(window.loadAtLevel)}</dd><dd>The peak of the next ${ahead} stays below it with ${percent(window.level, 1)}: what capacity is set by.</dd></div>
<div class="card"><dt>median of the peak</dt><dd class="figure">${asLoad(window.quantiles['0.5'])}</dd><dd>The peak of the next ${ahead} is above it as often as below.</dd></div>
<div class="card"><dt>top of the expected path</dt><dd class="figure">${asLoad(window.expectedPeak)}</dd><dd>The highest step of the path within ${ahead}. The quantiles of the peak also know how far such paths have been off.</dd></div>
</dl>`;
}

const PEAK_READING =
  'The model says of each step what it expects, and of the lead window how high its peak may be: the bands right of the line are as wide as the window that they speak of. A peak is the highest of several steps, and its quantiles know how far such paths have been off, so they may lie well above the expected path or, after a fall, below it.';

const FAN_READING =
  'The bands are quantiles of the load of each step. The model answers for the steps in the table; between them lines and bands are drawn straight.';

const NO_FAN_READING = 'This model expects a load of each step and says nothing of how far it may be off.';

function reading({ window, loads }: ForecastPlot): Markup {
  const fan = loads.some(({ quantiles }) => quantiles !== undefined) ? FAN_READING : NO_FAN_READING;
  return html`<p class="reading">${window === undefined ? fan : PEAK_READING}</p>`;
}

const notes = ({ follows, notes: said }: ForecastPlot): Markup => {
  const lists = [
    { id: 'follows', title: 'Which load follows which', items: follows },
    { id: 'notes', title: 'What else to know', items: said },
  ];
  const shown = lists.filter(({ items }) => items.length > 0);
  return joined(shown.map(({ id, title, items }) => pageSection(id, title, listOf(items))));
};

const listOf = (items: readonly string[]): Markup =>
  html`<ul class="notes">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
