import { html, type Markup } from '../page/html.ts';
import type { DayReport } from './report-data.ts';

const TERMS: readonly (readonly [string, string])[] = [
  ['tick', 'One turn of the controller: it reads the load, forecasts, decides, acts, and writes down why.'],
  ['need', 'The least capacity that carries a step’s load within the target utilisation.'],
  ['floor', 'The group’s MinSize as Prescale sets it. The group’s own scaling policy stays in charge above it.'],
  ['base', 'The MinSize that the group’s owner set: where the floor goes home to.'],
  ['lead window', 'From the newest load known to when capacity ordered at the next tick would be ready.'],
  [
    'worth launching, worth keeping',
    'The two edges of the band of capacity. Below the first it pays to order, above the second to let go; between them, to wait, because a unit that stands need not boot.',
  ],
  ['priced level', 'Quantile penalty / (penalty + 1): there one more unit for one peak costs as much as it saves.'],
  ['expected price', 'Expected idle units + penalty × expected missing units, for one step at the peak of the window.'],
  ['shortage', 'Need above the capacity in service.'],
  ['floor below need', 'Need above the floor. The group’s own scaling may still have had enough in service.'],
  ['cold start', 'Load that arrives during a shortage, and so waits for instances to boot.'],
  ['dead-man’s switch', 'A scheduled action of the group itself that restores MinSize unless Prescale renews it.'],
  ['clairvoyant optimum', 'The cheapest capacities of somebody who knew the whole load beforehand.'],
  [
    'reacting alone',
    'What the newest load asks for, without a forecast: its need, and what target tracking would want.',
  ],
  ['target tracking', 'AWS’s own policy, which follows utilisation after the fact.'],
];

/** The words of the report, one line each. */
export const termsSection = (): Markup =>
  html`<section aria-labelledby="terms-h"><h2 id="terms-h">Words</h2><dl class="terms">${TERMS.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl></section>`;

/** What is modelled and where the data come from; nothing when there is nothing to say. */
export const notesSection = ({ notes }: DayReport): Markup =>
  notes.length === 0
    ? html``
    : html`<section aria-labelledby="notes-h"><h2 id="notes-h">What is modelled here</h2><ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul></section>`;
