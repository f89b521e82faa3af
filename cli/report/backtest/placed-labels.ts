/** A mark that wants its name beside it; pixels. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where a name stands: its anchor, and whether it is so far away that a line must lead to it. */
export interface PlacedLabel extends Labelled {
  readonly labelX: number;
  readonly labelY: number;
  readonly anchor: 'start' | 'end';
  readonly led: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LETTER = 7.2;
const HEIGHT = 16;
const MARK = 7;
const RISES = [0, -16, 16, -32, 32, -48, 48, -66, 66, -84, 84];

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * Finds each name a place beside its mark, right before left and near before far, that no mark and no earlier name
 * covers; a name that finds none stands to the right all the same. O(n²).
 */
export function placedLabels(marks: readonly Labelled[], within: Box): readonly PlacedLabel[] {
  const taken: Box[] = marks.map(({ x, y }) => ({ left: x - MARK, right: x + MARK, top: y - MARK, bottom: y + MARK }));
  return marks.map((mark) => {
    const options = RISES.flatMap((rise) => [optionOf(mark, rise, 1), optionOf(mark, rise, -1)]);
    const free = options.find(({ box }) => isInside(box, within) && !taken.some((other) => overlap(box, other)));
    const chosen = free ?? options[0]!;
    taken.push(chosen.box);
    return chosen.label;
  });
}

const isInside = (box: Box, within: Box): boolean =>
  box.left >= within.left && box.right <= within.right && box.top >= within.top && box.bottom <= within.bottom;

function optionOf(mark: Labelled, rise: number, side: 1 | -1): { readonly label: PlacedLabel; readonly box: Box } {
  const led = Math.abs(rise) > 16;
  const labelX = mark.x + side * (led ? 22 : 10);
  const labelY = mark.y + rise;
  const width = mark.text.length * LETTER;
  const [left, right] = side === 1 ? [labelX, labelX + width] : [labelX - width, labelX];
  return {
    label: { ...mark, labelX, labelY, anchor: side === 1 ? 'start' : 'end', led },
    box: { left, right, top: labelY - HEIGHT / 2, bottom: labelY + HEIGHT / 2 },
  };
}
