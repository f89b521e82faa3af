import path from 'node:path';
import { LAYER_SCRIPT, NO_SCRIPT_STYLE } from '../../chart/layer-script.ts';
import { PLOT_STYLE } from '../../chart/plot-style.ts';
import { fixed, number } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import { pageDocument, pageSection } from '../../page/page-document.ts';
import { PAGE_STYLE } from '../../page/page-style.ts';
import { pageTable } from '../../page/table-markup.ts';
import type { ContestRun } from '../contest.ts';
import { contestFigure, rankedOf } from './contest-figure.ts';

/** A contest and the files that it was held on. */
export interface ContestPlot {
  readonly train: string;
  readonly test: string;
  readonly run: ContestRun;
}

/**
 * The page about every model on many series (`pageDocument`). Everything from the files is escaped. What the models took is
 * left out, so that the same files give the same bytes. O(models).
 */
export const renderContest = (plot: ContestPlot): string =>
  pageDocument({
    title: `Models on ${path.basename(plot.test)}`,
    summary: summary(plot),
    main: html`${pageSection('rank', 'Which model errs least', html`${contestFigure(plot.run)}<p class="reading">${READING}</p>`)}
${pageSection('errors', 'The errors in full', errorTable(plot.run))}
${pageSection('notes', 'What else to know', html`<ul class="notes">${plot.run.notes.map((note) => html`<li>${note}</li>`)}</ul>`)}`,
    style: `${PAGE_STYLE}${PLOT_STYLE}`,
    noScriptStyle: NO_SCRIPT_STYLE,
    script: LAYER_SCRIPT,
  });

const READING =
  'Lower is better. OWA is the mean of sMAPE and MASE, each relative to that of Naive2, which stands at 1 where its errors are not given by a file. The model that auto chose, on hours held out from the histories, is filled throughout; the yardsticks are hollow, with dashed edges, and have a line through all bars.';

const summary = ({ train, test, run }: ContestPlot): Markup =>
  html`<p class="summary">${number(run.series)} series: histories of <b>${train}</b>, and what came after them in <b>${test}</b>. <b>${run.auto.chosen}</b> is what auto chose: OWA ${fixed(run.auto.owa, 3)}.</p>`;

const COLUMNS = [{ title: 'model', text: true }, ...['sMAPE', 'MASE', 'OWA'].map((title) => ({ title }))];

function errorTable({ models, auto }: ContestRun): Markup {
  const rows = rankedOf(models, auto.chosen).map(({ name, isAuto }) => {
    const { smape, mase, owa } = models.get(name)!;
    return [isAuto ? `${name} (auto)` : name, fixed(smape, 3), fixed(mase, 3), fixed(owa, 4)];
  });
  const caption = 'sMAPE: 0 to 200. MASE: in units of what repeating the day before is wrong by within the history.';
  return pageTable({ id: 'models', caption, columns: COLUMNS, rows });
}
