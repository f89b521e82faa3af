import { dollars, duration, fixed, number, percent } from '../page/format.ts';
import { html, type Markup, nothing } from '../page/html.ts';
import { armName, isTargetTracking } from './arm-names.ts';
import { capacityFacts } from './capacity-facts.ts';
import { type CameSeen, levelCheck } from './forecast-check.ts';
import type { ArmScore, DayReport, ReportArm } from './report-data.ts';

interface Card {
  readonly figure: string;
  readonly name: string;
  readonly text: string;
}

/** The figures to read first. What the data do not hold is left out, and a sentence says so. */
export function headlineSection(data: DayReport, cameOf: CameSeen): Markup {
  const prescale = data.arms.find(({ name }) => name === 'prescale')?.score;
  const cards = [
    ...inTimeCard(data),
    ...capacityCard(data),
    ...(prescale === undefined ? [] : rivalCards(data, prescale)),
    ...(prescale === undefined ? [] : ownCards(data, prescale)),
    ...levelCard(data, cameOf),
  ];
  return html`<section aria-labelledby="headline-h"><h2 id="headline-h">In short</h2>
${cards.length === 0 ? nothing : html`<dl class="cards">${cards.map(cardMarkup)}</dl>`}
${prescale === undefined ? html`<p class="left-out">${NO_PRICE}</p>` : nothing}
${data.headline === null ? html`<p class="left-out">${NO_RISES}</p>` : nothing}</section>`;
}

const NO_PRICE =
  'What it cost and saved is left out: this report comes from the ledger alone, and a price needs the whole load and the other policies on it (prescale backtest).';

const NO_RISES =
  'How often the floor was up in time is left out: it takes the need and the floor at every step of the period.';

const cardMarkup = ({ figure, name, text }: Card): Markup =>
  html`<div class="card"><dt>${name}</dt><dd class="figure">${figure}</dd><dd>${text}</dd></div>`;

function inTimeCard({ headline, bootSeconds }: DayReport): readonly Card[] {
  if (headline === null) return [];
  const { rises, risesAtOrAbove, share } = headline;
  const boot = bootSeconds === null ? 'one boot time' : `one boot time (${duration(bootSeconds)})`;
  const text =
    share === null
      ? 'The need never rose in this period.'
      : `At ${number(risesAtOrAbove)} of ${number(rises)} rises of the need, the floor stood at or above it already ${boot} before.`;
  return [{ figure: percent(share, 1), name: 'of rises found the floor up in time', text }];
}

function capacityCard(data: DayReport): readonly Card[] {
  const { meanFloor, meanNeed, meanReady, compared, uncovered, short } = capacityFacts(data);
  if (meanFloor === null) return [];
  const served =
    meanReady === null ? '' : ` In service: ${number(meanReady, 1)} in the mean; too little in ${number(short)}.`;
  return [
    {
      figure: `${fixed(meanFloor, 1)} / ${fixed(meanNeed, 1)}`,
      name: `mean floor / mean need, ${data.policy.unit}`,
      text: `The floor stood below the need in ${number(uncovered)} of ${number(compared)} steps.${served}`,
    },
  ];
}

/** "28 % less", "5 % more", "the same". */
export function against(ours: number, theirs: number): string {
  if (theirs === 0) return ours === 0 ? 'the same' : 'more';
  const change = ours / theirs - 1;
  if (Math.abs(change) < 0.0005) return 'the same';
  const size = percent(Math.abs(change), Math.abs(change) < 0.1 ? 1 : 0);
  return change < 0 ? `${size} less` : `${size} more`;
}

const rivalCards = (data: DayReport, ours: ArmScore): readonly Card[] =>
  data.arms
    .filter(({ name }) => isTargetTracking(name))
    .map((rival) => ({
      figure: against(ours.J, rival.score.J),
      name: `price, against ${armName(rival.name)}`,
      text: `${billed(data, ours, rival)} ${missing(data, ours, rival)}`,
    }));

const hours = ({ stepSeconds }: DayReport, unitSteps: number): number => (unitSteps * stepSeconds) / 3600;

function billed(data: DayReport, ours: ArmScore, { score: theirs }: ReportArm): string {
  const hourly = `${data.policy.unit} × hours`;
  const [a, b] = [hours(data, ours.cost), hours(data, theirs.cost)];
  const money = data.unitHour === null ? '' : ` (${dollars(a * data.unitHour)} against ${dollars(b * data.unitHour)})`;
  return `Billed: ${number(a, 1)} against ${number(b, 1)} ${hourly}${money}.`;
}

function missing(data: DayReport, ours: ArmScore, { score: theirs }: ReportArm): string {
  const minutes = (score: ArmScore): string => number(hours(data, score.short) * 60);
  return `Missing: ${minutes(ours)} against ${minutes(theirs)} ${data.policy.unit} × minutes.`;
}

function ownCards({ penalty }: DayReport, ours: ArmScore): readonly Card[] {
  const price = penalty === null ? 'billed and missing' : `billed + ${number(penalty, 2)} × missing`;
  const ratio: Card = {
    figure: `${fixed(ours.ratio, 2)} ×`,
    name: 'price, against the optimum',
    text: `Price is ${price}. 1.00 is what somebody who knew the whole day would have paid; nobody can be below it.`,
  };
  const cold: Card = {
    figure: percent(ours.coldStartShare, 2),
    name: 'of the load met too little',
    text: `${number(ours.coldStartRequests)} arrived while the need was above what was in service, in ${percent(ours.breachShare, 1)} of the steps.`,
  };
  return [...(ours.ratio === null ? [] : [ratio]), ...(ours.coldStartShare === null ? [] : [cold])];
}

function levelCard(data: DayReport, cameOf: CameSeen): readonly Card[] {
  const { known, covered } = levelCheck(data, cameOf);
  if (known === 0) return [];
  const asked = data.level === null ? 'the priced level' : `the priced level, ${percent(data.level, 1)}`;
  const text = `Of ${number(known)} forecasts whose window has passed, ${number(covered)} had their peak at or below ${asked}. Near that level the forecast says what it knows; well above, it expects too much, and below, too little.`;
  return [{ figure: percent(covered / known, 1), name: 'of peaks below the forecast’s level', text }];
}
