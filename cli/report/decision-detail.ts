import { LEDGER_LEVELS } from '../../loop/ledger.ts';
import type { LedgerRecord } from '../../loop/ports.ts';
import { pricedChoice } from './decision-facts.ts';
import {
  saidAction,
  saidConfirm,
  saidCounterfactual,
  saidForecast,
  saidGroup,
  saidLoad,
  saidOutcome,
  saidPrice,
} from './decision-words.ts';
import type { PeakSeen } from './forecast-check.ts';
import { fixed, load, number, percent } from './format.ts';
import { html, type Markup, nothing } from './html.ts';
import { ruleName, ruleWords } from './rule-words.ts';

/** Everything that the ledger knows of one decision, as a list of terms. */
export function decisionDetail(record: LedgerRecord, peakOf: PeakSeen): Markup {
  const { decision: entry } = record;
  const rule = entry.decision?.rule ?? null;
  return html`<dl class="detail">
<div><dt>It saw</dt><dd>${saidLoad(entry.load)}</dd><dd>${saidGroup(entry)}</dd></div>
<div><dt>It expected</dt><dd>${saidForecast(entry)}</dd>${quantileTable(record, peakOf)}</div>
<div><dt>Reasons, in order</dt><dd>${reasonList(entry.decision?.reasons ?? [])}</dd><dd>Last word: <b>${ruleName(rule)}</b>. ${sentence(ruleWords(rule))}</dd></div>
<div><dt>Alternatives</dt>${alternativeTable(record)}<dd>${saidPrice(entry)}</dd></div>
<div><dt>Target tracking</dt><dd>${saidCounterfactual(entry)}</dd></div>
<div><dt>Written to AWS</dt><dd>${writeList(saidAction(entry.action))}</dd><dd>${saidOutcome(record)}</dd></div>
<div><dt>Read back</dt><dd>${saidConfirm(record)}</dd></div>
<div class="fine"><dt>To replay</dt><dd>prescale ${entry.versions.prescale}, policy version ${entry.versions.policyVersion}, inputs ${entry.inputs ?? 'not archived'}</dd></div>
</dl>`;
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const reasonList = (reasons: readonly string[]): Markup =>
  reasons.length === 0 ? html`None recorded.` : html`<ol>${reasons.map((reason) => html`<li>${reason}</li>`)}</ol>`;

const writeList = (writes: readonly string[]): Markup =>
  writes.length === 0 ? html`Nothing.` : html`<ol>${writes.map((write) => html`<li>${write}</li>`)}</ol>`;

function quantileTable({ decision: entry }: LedgerRecord, peakOf: PeakSeen): Markup {
  const { forecast } = entry;
  if (forecast.kind !== 'forecast') return nothing;
  const peak = peakOf(entry);
  const came =
    peak === null
      ? nothing
      : html`<dd>What came: a peak of <b>${load(peak)}</b>, ${peak <= forecast.loadAtLevel ? 'within' : 'above'} what was bought for.</dd>`;
  return html`<dd><div class="scroll"><table class="small levels"><caption>The peak over the window stays at or below a load with this probability</caption><thead><tr><th scope="row">probability</th>${LEDGER_LEVELS.map((level) => html`<th scope="col" class="num">${percent(level)}</th>`)}</tr></thead><tbody><tr><th scope="row">load</th>${LEDGER_LEVELS.map((_, k) => html`<td class="num">${load(forecast.quantiles[k])}</td>`)}</tr></tbody></table></div></dd>${came}`;
}

function alternativeTable({ decision: entry }: LedgerRecord): Markup {
  if (entry.alternatives.length === 0) return nothing;
  const { cheapest, chosen } = pricedChoice(entry);
  const rows = entry.alternatives.map((one) => {
    const marks = [...(one === chosen ? ['chosen'] : []), ...(one === cheapest ? ['cheapest'] : [])].join(', ');
    return html`<tr><th scope="row" class="num">${number(one.target)}</th><td class="num">${percent(one.coverage, 1)}</td><td class="num">${fixed(one.expectedPrice, 2)}</td><td>${marks}</td></tr>`;
  });
  return html`<dd><table class="small"><thead><tr><th scope="col">capacity</th><th scope="col">carries the peak with</th><th scope="col">expected price a step</th><th scope="col"><span class="unseen">remark</span></th></tr></thead><tbody>${rows}</tbody></table></dd>`;
}
