/** A value that holds over [from, to) of the horizontal axis, in pixels; null breaks the line. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly y: number | null;
}

/** A band over [from, to). */
export interface BandSpan {
  readonly from: number;
  readonly to: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Pixels to one decimal: finer than any screen, and the file stays small. */
export const px = (x: number): number => Math.round(x * 10) / 10;

const at = (x: number, y: number): string => `${px(x)} ${px(y)}`;

const isDrawable = (...xs: readonly (number | null)[]): boolean => xs.every((x) => x !== null && Number.isFinite(x));

/** Line through the middles of the spans. A span without a value breaks it; a lone value is a dot (round caps). */
export function linePath(spans: readonly Span[]): string {
  let path = '';
  let command = 'M';
  for (const { from, to, y } of spans) {
    if (y === null || !isDrawable(from, to, y)) {
      command = 'M';
      continue;
    }
    path += `${command}${at((from + to) / 2, y)}`;
    command = 'L';
  }
  return closedDots(path);
}

/** A move that no line follows draws nothing: give it one of no length. */
const closedDots = (path: string): string => path.replace(/M([^ML]+)(?=M|$)/g, 'M$1L$1');

/** Stairs: each value holds over its whole span, and the next begins where it ends. Blanks and holes in time break them. */
export function stepPath(spans: readonly Span[]): string {
  let path = '';
  let endX: number | undefined;
  let lastY: number | undefined;
  for (const { from, to, y } of spans) {
    if (y === null || !isDrawable(from, to, y)) {
      endX = undefined;
      continue;
    }
    const joins = endX !== undefined && Math.abs(endX - from) < 0.5;
    if (!joins) path += `M${at(from, y)}`;
    else if (px(y) !== px(lastY ?? y)) path += `V${px(y)}`;
    path += `H${px(to)}`;
    endX = to;
    lastY = y;
  }
  return mergedRuns(path);
}

/** Several horizontals in a row are one. */
const mergedRuns = (path: string): string => path.replace(/(?:H-?[\d.]+)+(H-?[\d.]+)/g, '$1');

/** Area between two stairs, one closed outline for each unbroken run. */
export function bandPath(spans: readonly BandSpan[]): string {
  return runsOf(spans)
    .map((run) => `${outline(run)}Z`)
    .join('');
}

/**
 * Area between two lines through the middles of the spans, one closed outline for each unbroken run; spans need not touch.
 * One without both edges breaks it; one alone is a sliver, as wide as its span.
 */
export function ribbonPath(spans: readonly BandSpan[]): string {
  const runs: BandSpan[][] = [[]];
  for (const span of spans) {
    if (isDrawable(span.from, span.to, span.low, span.high)) runs.at(-1)?.push(span);
    else runs.push([]);
  }
  return runs.map((run) => (run.length > 1 ? ribbon(run) : bandPath(run))).join('');
}

function ribbon(run: readonly BandSpan[]): string {
  const edge = (spans: readonly BandSpan[], of: (span: BandSpan) => number | null): string =>
    linePath(spans.map((span) => ({ from: span.from, to: span.to, y: of(span) })));
  const there = edge(run, ({ high }) => high);
  const back = edge(run.toReversed(), ({ low }) => low);
  return `${there}L${back.slice(1)}Z`;
}

function runsOf(spans: readonly BandSpan[]): readonly (readonly BandSpan[])[] {
  const runs: BandSpan[][] = [];
  let run: BandSpan[] = [];
  for (const span of spans) {
    const { from, to, low, high } = span;
    const drawable = isDrawable(from, to, low, high);
    const last = run.at(-1);
    if (last !== undefined && (!drawable || Math.abs(last.to - from) >= 0.5)) {
      runs.push(run);
      run = [];
    }
    if (drawable) run.push(span);
  }
  return run.length === 0 ? runs : [...runs, run];
}

function outline(run: readonly BandSpan[]): string {
  const there = stepPath(run.map(({ from, to, high }) => ({ from, to, y: high })));
  const back = stepPath(run.toReversed().map(({ from, to, low }) => ({ from: to, to: from, y: low })));
  return there + back.replace(/^M([-\d.]+) ([-\d.]+)/, 'L$1 $2');
}
