import { clock } from '../page/format.ts';
import { html, joined, type Markup } from '../page/html.ts';
import { CALENDAR, type TimeWords } from '../page/time-words.ts';
import { PLOT } from './plot.ts';
import { type Scale, timeTicks } from './scale.ts';

const DAY_MS = 86_400_000;

/** Least pixels between two dates. */
const DATE_WIDTH = 150;

/** Where the time axis lies: the plot's lower edge, and the line under which its labels stand. */
export interface TimeAxisPlace {
  readonly plotBottom: number;
  readonly base: number;
}

/**
 * Hours under the chart, and under them the day, by the calendar unless other words are given, of each day that begins in the period or with it; a line through
 * the plot at each midnight. Periods so long that ticks are whole days apart show dates alone.
 */
export function timeAxis(
  { fromMs, toMs, words = CALENDAR }: { readonly fromMs: number; readonly toMs: number; readonly words?: TimeWords },
  x: Scale,
  { plotBottom, base }: TimeAxisPlace,
): Markup {
  const times = timeTicks(fromMs, toMs, 12);
  const wholeDays = times.every((ms) => ms % DAY_MS === 0);
  const at = (ms: number): number => Math.round(x(ms) * 10) / 10;
  const ticks = times.map((ms, i) => {
    const sparse = i % 2 === 1 ? ' every-other' : '';
    const label = wholeDays ? words.shortDay(ms) : clock(ms);
    return html`<path class="grid" d="M${at(ms)} ${base}v5"/><text class="tick${sparse}" x="${at(ms)}" y="${base + 21}" text-anchor="${anchorAt(at(ms))}">${label}</text>`;
  });
  const midnights = times.filter((ms) => ms % DAY_MS === 0);
  const lines = midnights.map((ms) => html`<path class="midnight" d="M${at(ms)} ${PLOT.top}V${plotBottom}"/>`);
  const dates = datesOf(midnights, fromMs, x).map(
    (ms) =>
      html`<path class="midnight" d="M${at(ms)} ${base}v42"/><text class="date" x="${at(ms) + 6}" y="${base + 42}">${words.day(ms)}</text>`,
  );
  return html`<g class="axis">${joined(lines)}${joined(ticks)}${joined(dates)}</g>`;
}

/** Labels near an edge keep within it: on the left the line of the date stands there. */
function anchorAt(at: number): 'start' | 'middle' | 'end' {
  if (at > PLOT.right - 24) return 'end';
  return at < PLOT.left + 26 ? 'start' : 'middle';
}

/** The start of the period and each midnight, as far as their labels have room beside each other and before the edge. */
function datesOf(midnights: readonly number[], fromMs: number, x: Scale): readonly number[] {
  const dates = [fromMs];
  for (const ms of midnights) {
    const free = x(ms) - x(dates.at(-1) ?? fromMs);
    if (free >= DATE_WIDTH && PLOT.right - x(ms) >= DATE_WIDTH) dates.push(ms);
  }
  return dates;
}
