import path from 'node:path';
import type { MeasuredLead } from '../../../models/forecast/lead/lead-accuracy.ts';
import { LEVELS } from '../../../models/forecast/lead/lead-intervals.ts';
import { leadPath } from '../../../models/forecast/lead/lead-path.ts';
import { LAYER_SCRIPT, NO_SCRIPT_STYLE } from '../../chart/layer-script.ts';
import { PLOT_STYLE } from '../../chart/plot-style.ts';
import { fixed, number, percent } from '../../page/format.ts';
import { html, joined, type Markup, nothing } from '../../page/html.ts';
import { pageDocument, pageSection } from '../../page/page-document.ts';
import { PAGE_STYLE } from '../../page/page-style.ts';
import { pageTable } from '../../page/table-markup.ts';
import type { JudgedLead } from '../lead-report.ts';
import { hourFigure } from './hour-figure.ts';
import { leadFigure } from './lead-figure.ts';
import { type LeadPlot, wordsOf } from './lead-plot.ts';
import { reliabilityFigure } from './reliability-figure.ts';

/**
 * The page about the leads of one record (`pageDocument`): what came and what was forecast, what intervals held, and when
 * forecasts err. A lead that was refused says why. Everything from the file is escaped; the same record gives the same
 * bytes. O(targets); the page grows with the leads, not with the record.
 */
export const renderLeads = (plot: LeadPlot): string =>
  pageDocument({
    title: `Forecasts of ${path.basename(plot.file)} against what came`,
    summary: summary(plot),
    main: html`${pageSection('short', 'In short', shortSection(plot))}
${joined(
  plot.leads.map((lead, i) => leadSection(plot, lead, i)),
  '\n',
)}`,
    style: `${PAGE_STYLE}${PLOT_STYLE}`,
    noScriptStyle: NO_SCRIPT_STYLE,
    script: LAYER_SCRIPT,
  });

const summary = (plot: LeadPlot): Markup =>
  html`<p class="summary"><b>${plot.file}</b>, column <b>${plot.column}</b>: the second half of the record, each hour of it forecast some time before by models that knew what lay before; <b>${plot.report.model}</b> weighs most. ${wordsOf(plot).said}</p>`;

const COLUMNS = [
  { title: 'lead', text: true },
  ...['targets', 'accuracy', 'MASE', 'skill', ...LEVELS.map((level) => `within ${percent(level)}`)].map((title) => ({
    title,
  })),
];

const CAPTION =
  'accuracy: 100 % less the mean error relative to the load. MASE: mean error in units of what repeating the day before is wrong by within the first half. skill: mean error relative to the better of repeating the day and the week before; below 1 is better. within: share of the targets in the central interval that promises so many.';

function shortSection({ report, leads }: LeadPlot): Markup {
  const rows = leads.map(({ name }) => {
    const { n, accuracy, MASE, skill, coverage } = report.leads[name]!;
    const held = LEVELS.map((level) => percent(coverage[String(level)], 1));
    return [
      name,
      number(n),
      percent(accuracy === null ? null : accuracy / 100, 1),
      fixed(MASE, 3),
      fixed(skill, 3),
      ...held,
    ];
  });
  const refused = report.refused === null ? nothing : html`<p class="left-out">Refused: ${report.refused}.</p>`;
  return html`${pageTable({ id: 'figures', caption: CAPTION, columns: COLUMNS, rows })}${refused}`;
}

function leadSection(plot: LeadPlot, { name, answer }: JudgedLead, i: number): Markup {
  const id = `lead-${i}`;
  const title = `${name} ahead`;
  if (answer.ok) return pageSection(id, title, measuredLead(plot, answer.value, { id, lead: name }));
  return pageSection(id, title, html`<p class="left-out">Not measured: ${answer.refusal.reason}.</p>`);
}

function measuredLead(
  plot: LeadPlot,
  { figures, judgement, bounds }: MeasuredLead,
  { id, lead }: { readonly id: string; readonly lead: string },
): Markup {
  const drawn = leadPath(judgement, bounds);
  const { column, dated } = plot;
  return html`${leadFigure(drawn, { id: `${id}-path`, lead, column, words: wordsOf(plot) })}
<div class="halves">${reliabilityFigure(`${id}-held`, figures)}${hourFigure(drawn, { id: `${id}-hours`, column, dated })}</div>`;
}
