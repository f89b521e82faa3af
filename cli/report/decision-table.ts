import { LEDGER_LEVELS } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { clock, dateTime, day, load, number } from '../page/format.ts';
import { html, joined, type Markup, nothing, trusted } from '../page/html.ts';
import { decisionDetail } from './decision-detail.ts';
import { type DecisionFacts, factsOf, windowOf } from './decision-facts.ts';
import { saidInShort } from './decision-sentence.ts';
import { type CameSeen, whatCame } from './forecast-check.ts';
import type { DayReport } from './report-data.ts';
import { isGuard, type Ruling, rulingName, rulingWords } from './ruling.ts';

const COLUMNS: readonly (readonly [name: string, className: string, meaning: string])[] = [
  ['time', '', 'the time that the decision is for, UTC'],
  ['load', 'num', 'the newest load it knew'],
  ['need', 'num', 'capacity that the newest load needs now'],
  ['capacity', 'num', 'where the lever stood, and where the decision wants it'],
  ['last word', '', 'the rule that had the last word'],
  ['in a sentence', '', 'what was decided and why, what reacting alone would have done, and what came'],
  ['outcome', '', 'what came of it'],
];

/** Every decision with its reason, expandable, with controls that filter by rule and to changes. */
export function decisionSection(data: DayReport): Markup {
  const heading = html`<h2 id="decisions-h">Every decision and its reason</h2>`;
  if (data.records.length === 0) {
    return html`<section aria-labelledby="decisions-h">${heading}<p class="left-out">No decision was recorded in this period.</p></section>`;
  }
  const facts = factsOf(data.records);
  const cameOf = whatCame(data);
  const rows = data.records.map((record, i) => rowPair(record, facts[i]!, { data, cameOf, index: i }));
  const head = COLUMNS.map(
    ([name, className, meaning]) => html`<th scope="col" class="${className}" title="${meaning}">${name}</th>`,
  );
  return html`<section aria-labelledby="decisions-h">${heading}${controls(facts)}
<div class="scroll"><table class="decisions"><caption class="unseen">One row for each tick; a button in each row shows all that is known of it.</caption><thead><tr>${joined(head)}</tr></thead><tbody id="rows">
${joined(rows, '\n')}
</tbody></table></div></section>`;
}

function controls(facts: readonly DecisionFacts[]): Markup {
  const counts = new Map<Ruling | null, number>();
  for (const { ruling } of facts) counts.set(ruling, (counts.get(ruling) ?? 0) + 1);
  const met = [...counts];
  const options = met.map(([ruling, n]) => {
    const name = rulingName(ruling);
    return html`<option value="${name}">${name} (${number(n)})</option>`;
  });
  const words = met.map(([ruling]) => html`<div><dt>${lastWord(ruling)}</dt><dd>${rulingWords(ruling)}</dd></div>`);
  return html`<form class="controls" id="controls"><label>rule <select id="rule"><option value="">all (${number(facts.length)})</option>${joined(options)}</select></label><label><input type="checkbox" id="moves"> changes only</label><output id="count" aria-live="polite"></output></form>
<details class="rules"><summary>What the rules mean</summary><dl>${joined(words)}</dl></details>`;
}

const lastWord = (ruling: Ruling | null): string =>
  isGuard(ruling) ? `guard: ${rulingName(ruling)}` : rulingName(ruling);

interface RowContext {
  readonly data: DayReport;
  readonly cameOf: CameSeen;
  readonly index: number;
}

function rowPair(record: LedgerRecord, facts: DecisionFacts, { data, cameOf, index }: RowContext): Markup {
  const { decision: entry } = record;
  const came = cameOf(entry);
  const id = `d${index}`;
  const cells: readonly (readonly [string, Markup | string])[] = [
    ['num', load(entry.load?.latest)],
    ['num', number(entry.needNow)],
    ['num move', moveOf(facts)],
    ['rule', lastWord(facts.ruling)],
    ['why', saidInShort(entry, came)],
    ['', outcomeOf(record)],
  ];
  const open = html`<button type="button" aria-expanded="false" aria-controls="${id}" title="${dateTime(entry.asOfMs)}">${stamp(entry.asOfMs, data)}</button>`;
  return html`<tr class="row${facts.moves ? ' moves' : ''}" ${rowData(record, facts, data)}><th scope="row">${open}</th>${cells.map(([className, cell]) => html`<td class="${className}">${cell}</td>`)}</tr>
<tr class="more" id="${id}" hidden><td colspan="${COLUMNS.length}">${decisionDetail(record, came)}</td></tr>`;
}

/** The clock alone within a day; longer periods need the date too. */
const stamp = (ms: number, { period }: DayReport): string =>
  period.toMs - period.fromMs > 86_400_000 ? `${day(ms).slice(5)} ${clock(ms)}` : clock(ms);

/** What the script needs of a row: its time, its rule, and the forecast's window and levels for the chart. */
function rowData(
  { decision: entry }: LedgerRecord,
  { ruling, moves }: DecisionFacts,
  { stepSeconds }: DayReport,
): Markup {
  const window = windowOf(entry, stepSeconds);
  const { forecast } = entry;
  const numbers = (xs: readonly number[]): string => xs.map((x) => Number(x.toPrecision(5))).join(' ');
  const fan =
    forecast.kind === 'forecast'
      ? [levelOf(forecast.quantiles, 0.1), levelOf(forecast.quantiles, 0.9), forecast.loadAtLevel]
      : [];
  const drawn =
    window === null || !fan.every(Number.isFinite)
      ? nothing
      : html` data-window="${window.fromMs} ${window.toMs}" data-fan="${numbers(fan)}"`;
  return html`data-ms="${entry.asOfMs}" data-rule="${rulingName(ruling)}" data-moves="${moves ? '1' : '0'}"${drawn}`;
}

const levelOf = (quantiles: readonly number[], level: (typeof LEDGER_LEVELS)[number]): number =>
  quantiles[LEDGER_LEVELS.indexOf(level)] ?? Number.NaN;

function moveOf({ before, target, moves }: DecisionFacts): Markup {
  if (target === null) return html`–`;
  if (!moves) return html`${number(target)}`;
  const up = before !== null && target > before;
  const arrow = up ? '<span class="up" title="raised">▲</span>' : '<span class="down" title="lowered">▼</span>';
  return html`${number(before)} → <b>${number(target)}</b> ${trusted(arrow)}`;
}

function outcomeOf({ decision, outcome, confirm }: LedgerRecord): Markup {
  const status = outcome?.status ?? 'open';
  const renewed = status === 'acted' && decision.action.floor === null && decision.action.desired === null;
  const doubt = confirm !== undefined && !confirm.asIntended ? html` <b class="bad">changed by another</b>` : nothing;
  return html`<span class="status ${status}">${renewed ? 'switch renewed' : status}</span>${doubt}`;
}
