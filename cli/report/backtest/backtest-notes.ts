import { number } from '../../page/format.ts';
import { html, type Markup } from '../../page/html.ts';
import type { BacktestPage } from './page-data.ts';

/** What is modelled, and what was done to the load before it was replayed. */
export function backtestNotes(page: BacktestPage): Markup {
  const { problem, repairs, dated, trace } = page;
  const notes = [
    'The load is as recorded, whatever a policy does: more capacity attracts no more of it, and what arrives in a shortage does not come back later.',
    'Policies are tuned and fitted on the first half of the load; the second half is scored, and no decision sees anything later than its own moment less the lag.',
    'A launch takes the boot time and is billed from its order on; a release takes effect at once. The optimum may launch before it needs to.',
    problem.filledSteps === 0
      ? 'No step of the load is blank.'
      : `${number(problem.filledSteps)} step(s) of the load are blank: rivals see the last value there, Prescale sees none, and a shortage there costs nothing.`,
    ...repairs,
    ...(dated ? [] : [`${trace} says no date: its days are counted from its own start.`]),
  ];
  return html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}
