import { linearScale, type Scale, ticksFromZero, timeTicks } from '../../chart/scale.ts';
import { bandPath, px, stepPath } from '../../chart/svg-path.ts';
import { type Held, thinned } from '../../chart/thinned.ts';
import { clock } from '../../page/format.ts';
import { html, joined, type Markup } from '../../page/html.ts';
import { armName } from '../arm-names.ts';
import { type BacktestPage, loadInUnits, msOf, type PageArm, scoredSteps, wordsOf } from './page-data.ts';

const PLOT = { width: 560, height: 230, left: 46, right: 552, top: 8, bottom: 204 } as const;
const COLUMNS = 240;

interface View {
  readonly first: number;
  readonly end: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly ticks: readonly number[];
}

/** Load, need, capacity and decision in a policy's worst hour, an hour before it and an hour after. */
export function worstChart(page: BacktestPage, arm: PageArm, i: number): Markup {
  const view = viewOf(page, arm);
  const { first, end, x, y } = view;
  const { problem } = page;
  const need = problem.need.subarray(problem.scoreFrom + first, problem.scoreFrom + end);
  const ready = arm.ready.subarray(first, end);
  const across = (step: number): number => x(msOf(page, first + step));
  const span = ({ from, to }: Held) => ({ from: across(from), to: across(to) });
  const stairs = (values: ArrayLike<number>): string =>
    stepPath(
      thinned(values, COLUMNS).map((held) => ({ ...span(held), y: held.value === null ? null : y(held.value) })),
    );
  const busy = thinned(
    Float64Array.from({ length: end - first }, (_, k) => loadInUnits(page, first + k)),
    COLUMNS,
  );
  const loadArea = bandPath(
    busy.map((held) => ({ ...span(held), low: y(0), high: held.value === null ? null : y(held.value) })),
  );
  const hour = [x(msOf(page, arm.worst.from)), x(msOf(page, arm.worst.from + arm.worst.steps))].map(px);
  return html`<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-labelledby="hour-${i}"><title id="hour-${i}">${armName(arm.name)} around ${wordsOf(page).moment(msOf(page, arm.worst.from))}</title>
<path class="worst" d="M${hour[0]} ${PLOT.top}H${hour[1]}V${PLOT.bottom}H${hour[0]}Z"/>${axes(view)}
<path class="area load" d="${loadArea}"/><path class="area short" d="${shortArea(page, arm, { ...view, across })}"/><path class="line ready" d="${stairs(ready)}"/><path class="line desired" d="${stairs(arm.desired.subarray(first, end))}"/><path class="line need" d="${stairs(need)}"/></svg>`;
}

function viewOf(page: BacktestPage, arm: PageArm): View {
  const { from, steps } = arm.worst;
  const [first, end] = [Math.max(0, from - steps), Math.min(scoredSteps(page), from + 2 * steps)];
  let most = 1;
  for (let step = first; step < end; step++) {
    most = Math.max(most, page.problem.need[page.problem.scoreFrom + step]!, arm.ready[step]!, arm.desired[step]!);
  }
  const ticks = ticksFromZero(most, 4);
  return {
    first,
    end,
    x: linearScale([msOf(page, first), msOf(page, end)], [PLOT.left, PLOT.right]),
    y: linearScale([0, ticks.at(-1) ?? 1], [PLOT.bottom, PLOT.top]),
    ticks,
  };
}

function shortArea(
  { problem }: BacktestPage,
  { ready }: PageArm,
  { first, end, y, across }: View & { readonly across: (step: number) => number },
): string {
  return bandPath(
    Array.from({ length: end - first }, (_, k) => {
      const [t, there] = [problem.scoreFrom + first + k, ready[first + k]!];
      const short = problem.blank[t] === 0 && problem.need[t]! > there;
      return { from: across(k), to: across(k + 1), low: y(there), high: short ? y(problem.need[t]!) : null };
    }),
  );
}

function axes({ x, y, ticks }: View): Markup {
  const up = ticks.map((value) => {
    const at = px(y(value));
    return html`<path class="grid" d="M${PLOT.left} ${at}H${PLOT.right}"/><text x="${PLOT.left - 6}" y="${at + 4}" text-anchor="end">${value}</text>`;
  });
  const across = timeTicks(x.domain[0], x.domain[1], 6).map((ms) => {
    const at = px(x(ms));
    const anchor = at > PLOT.right - 20 ? 'end' : at < PLOT.left + 20 ? 'start' : 'middle';
    return html`<path class="grid" d="M${at} ${PLOT.bottom}v4"/><text x="${at}" y="${PLOT.bottom + 19}" text-anchor="${anchor}">${clock(ms)}</text>`;
  });
  return html`<g class="axis">${joined(up)}${joined(across)}</g>`;
}
