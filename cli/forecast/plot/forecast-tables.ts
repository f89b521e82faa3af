import { spansYoung } from '../../../models/forecast/young.ts';
import { load as asLoad, duration, number, percent } from '../../page/format.ts';
import { html, type Markup, nothing } from '../../page/html.ts';
import { pageSection } from '../../page/page-document.ts';
import { pageTable } from '../../page/table-markup.ts';
import { lossesSaid } from '../losses-said.ts';
import { type ForecastPlot, type PlottedLoad, startOf, wordsOf } from './forecast-plot.ts';

/** Rows beyond this are left to `--json`. */
const MOST_ROWS = 300;

/** Every number that the charts draw of the forecast, folded. */
export function numbersTable(plot: ForecastPlot): Markup {
  const { loads } = plot;
  const rows = loads[0]!.expected
    .slice(0, MOST_ROWS)
    .map(({ after }, k) => [wordsOf(plot).moment(startOf(plot, after)), ...loads.map((load) => expectedText(load, k))]);
  const columns = [{ title: 'step starts', text: true }, ...loads.map(({ column }) => ({ title: column }))];
  const left = loads[0]!.expected.length - rows.length;
  const caption =
    left === 0 ? 'Expected load.' : `Expected load; ${number(left)} more steps are in the answer of --json.`;
  return html`<details><summary>The expected load as numbers</summary>${pageTable({ id: 'numbers', caption, columns, rows })}</details>`;
}

function expectedText({ expected, quantiles = {} }: PlottedLoad, k: number): string {
  const said = asLoad(expected[k]?.load);
  const levels = Object.keys(quantiles).sort((a, b) => Number(a) - Number(b));
  const [low, high] = [levels[0], levels.at(-1)].map((level) => asLoad(quantiles[level ?? '']?.[k]));
  return levels.length === 0 ? said : `${said} (${low} … ${high})`;
}

/** The quantiles of the peak; nothing where none was asked for. */
export function peakTable({ window, stepMs }: ForecastPlot): Markup {
  if (window === undefined) return nothing;
  const rows = Object.entries(window.quantiles).map(([level, load]) => [percent(Number(level)), asLoad(load)]);
  const priced = [`${percent(window.level, 1)}, priced`, asLoad(window.loadAtLevel)];
  const high =
    window.level > window.highestLevel || window.highestLevel < 0.99
      ? ` Levels above ${percent(window.highestLevel, 1)} have too few scores to be calibrated.`
      : '';
  const caption = `Load that the peak of the next ${duration((window.steps * stepMs) / 1000)} stays below, by probability.${high}`;
  const columns = [{ title: 'probability', text: true }, { title: 'stays below' }];
  return pageTable({ id: 'quantiles', caption, columns, rows: [...rows, priced] });
}

/**
 * The models that were tried, those judged by most origins first and the least loss first among them, the one that answers marked;
 * nothing where there was no choice.
 */
export function candidatesSection(plot: ForecastPlot): Markup {
  const { scores, model: answers } = plot;
  if (scores.length === 0) return nothing;
  const refusals = scores.some(({ refused }) => (refused ?? '') !== '');
  const rows = scores.map(({ model, pinball, pathError, origins, refused }) => [
    model,
    asLoad(pinball),
    asLoad(pathError),
    number(origins),
    ...(refusals ? [refused ?? ''] : []),
  ]);
  const columns = [
    { title: 'model', text: true },
    ...['pinball loss', 'path error', 'origins'].map((title) => ({ title })),
  ];
  const all = refusals ? [...columns, { title: 'refused', text: true }] : columns;
  const marked = scores.findIndex(({ model }) => model === answers);
  const table = pageTable({ id: 'pinball', caption: choiceSaid(plot), columns: all, rows, marked });
  return pageSection('candidates', 'Models that were tried', table);
}

function choiceSaid({ model, why, fittedSteps, stepMs, scores }: ForecastPlot): string {
  const origins = spansYoung(fittedSteps, stepMs) ? 'on days of other groups' : 'on the end of the record';
  const answers = why === undefined ? `${model} answers` : `${model} answers: ${why}`;
  const losses = `Mean pinball loss of the quantiles of the peak, forecast from each of the origins ${origins}, and mean absolute error of the path of a whole day.`;
  return [losses, ...lossesSaid(scores), `${answers}.`].join(' ');
}
