import { createHash } from 'node:crypto';
import { capacityChart } from './capacity-chart.ts';
import { decisionSection } from './decision-table.ts';
import { whatCame } from './forecast-check.ts';
import { dateTime, duration, number, percent } from './format.ts';
import { headlineSection } from './headline-section.ts';
import { html, type Markup, nothing, trusted } from './html.ts';
import { loadChart } from './load-chart.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { priceSection } from './price-section.ts';
import type { DayReport } from './report-data.ts';
import { notesSection, termsSection } from './terms-section.ts';

/**
 * One self-contained HTML page: it loads nothing, and its content security policy forbids that it ever does; the only
 * script and style that may run are the two inside, by their hashes. Everything from `data` is escaped. Works without
 * script as well: every decision is then shown in full. The same data give the same bytes.
 * Cost: O(steps + records), some 3.5 kB for each decision.
 */
export function renderReport(data: DayReport): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(PAGE_STYLE)}' '${hashOf(NO_SCRIPT_STYLE)}'; script-src '${hashOf(PAGE_SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${data.title}</title>
<style>${trusted(PAGE_STYLE)}</style>
<noscript><style>${trusted(NO_SCRIPT_STYLE)}</style></noscript>
</head>
<body>
<header><h1>${data.title}</h1>${summary(data)}</header>
<main>
${headlineSection(data, whatCame(data))}
${chartsSection(data)}
${priceSection(data)}
${decisionSection(data)}
${notesSection(data)}
${termsSection()}
</main>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

const NO_SCRIPT_STYLE =
  'tr.more[hidden]{display:table-row}.controls,.picker,#selected,.legend input{display:none}.off{display:inline}';

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;

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
