import { dateTime, duration, number, percent } from '../page/format.ts';
import { html, type Markup, nothing } from '../page/html.ts';
import { pageDocument } from '../page/page-document.ts';
import { PAGE_STYLE } from '../page/page-style.ts';
import { capacityChart } from './capacity-chart.ts';
import { decisionSection } from './decision-table.ts';
import { whatCame } from './forecast-check.ts';
import { headlineSection } from './headline-section.ts';
import { loadChart } from './load-chart.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { priceSection } from './price-section.ts';
import type { DayReport } from './report-data.ts';
import { notesSection, termsSection } from './terms-section.ts';

/**
 * The page about a group's decisions (`pageDocument`). Everything from `data` is escaped. Works without script as well:
 * every decision is then shown in full. The same data give the same bytes.
 * Cost: O(steps + records), some 3.5 kB for each decision.
 */
export const renderReport = (data: DayReport): string =>
  pageDocument({
    title: data.title,
    summary: summary(data),
    main: html`${headlineSection(data, whatCame(data))}
${chartsSection(data)}
${priceSection(data)}
${decisionSection(data)}
${notesSection(data)}
${termsSection()}`,
    style: PAGE_STYLE,
    noScriptStyle: NO_SCRIPT_STYLE,
    script: PAGE_SCRIPT,
  });

const NO_SCRIPT_STYLE =
  'tr.more[hidden]{display:table-row}.controls,.picker,#selected,.legend input{display:none}.off{display:inline}';

function summary({ group, policy, period, stepSeconds, penalty, level }: DayReport): Markup {
  const price =
    penalty === null
      ? nothing
      : html`; a missing unit is priced at ${number(penalty, 2)} × one that is there, which asks for the ${percent(level, 1)} quantile`;
  return html`<p class="summary">Group <b>${group}</b>, policy <b>${policy.name}</b> in mode <b>${policy.mode}</b>, capacity in ${policy.unit}; ${dateTime(period.fromMs)} to ${dateTime(period.toMs)} in steps of ${duration(stepSeconds)}${price}. All times are UTC.</p>`;
}

function chartsSection(data: DayReport): Markup {
  const { records } = data;
  const picker =
    records.length === 0
      ? nothing
      : html`<div class="picker"><label for="pick">Decision</label><button type="button" id="earlier" aria-label="earlier decision">◀</button><input type="range" id="pick" min="0" max="${records.length - 1}" value="0" step="1"><button type="button" id="later" aria-label="later decision">▶</button></div>
<p class="picker" id="readout" aria-live="polite">Click into a chart, or move the slider with the arrow keys, to see why a decision was made.</p>
<article id="selected" hidden aria-label="the selected decision"></article>`;
  return html`<section aria-labelledby="charts-h"><h2 id="charts-h">The period</h2>
${loadChart(data)}
${capacityChart(data)}
${picker}</section>`;
}
