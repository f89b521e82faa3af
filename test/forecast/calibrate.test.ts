import { describe, expect, it } from '@jest/globals';
import { tune } from '../../models/forecast/calibrate.ts';
import { mean } from '../../models/kernel/statistics.ts';

const DAY = 40;
const WINDOW = 4;
const TERMS = { windowSteps: WINDOW, stride: 1, levels: [0.9, 0.95] };

/** What is said of a step: another load at each. */
const said = (step: number): number => 10 + (step % 7);

/** A day's path and one window beyond it; what came is this more at every step. */
const day = (more: (step: number) => number, known = DAY + WINDOW) => ({
  path: Float64Array.from({ length: DAY + WINDOW }, (_, i) => said(i)),
  actual: Float64Array.from({ length: known }, (_, i) => said(i) + more(i)),
});

const wavy = (size: number) => (i: number) => size * Math.sin(i);
const overDay = (of: (step: number) => number): number => mean(Array.from({ length: DAY }, (_, i) => of(i)));
const sizeOf = (size: number): number => overDay((i) => Math.abs(wavy(size)(i)));

/** The first comes to 1,000 above what was said, beyond the day itself; the last is known to its own end. */
const days = [day((i) => (i < DAY ? wavy(1)(i) : 1000)), day(wavy(2)), day(wavy(4), DAY)];

describe('what was lost on held-out days', () => {
  const { daily, pathError, pinball } = tune(days.slice(1), TERMS);

  it('is the error of the path of the day itself, without the window beyond it', () => {
    expect(tune(days, TERMS).daily.map(({ path }) => path)).toEqual(
      [1, 2, 4].map((size) => expect.closeTo(sizeOf(size), 9)),
    );
    expect(pathError).toBeCloseTo((sizeOf(2) + sizeOf(4)) / 2, 9);
  });

  it('is the mean pinball loss over the windows of each day and all levels', () => {
    expect(daily.map(({ windows }) => windows)).toEqual([DAY + 1, DAY - WINDOW + 1]);
    const sum = daily.reduce((all, { peak, windows }) => all + peak * windows, 0);
    expect(sum / (2 * DAY - WINDOW + 2)).toBeCloseTo(pinball, 12);
    expect(daily[0]!.peak).not.toBeCloseTo(daily[1]!.peak, 3);
    expect(daily[0]!.peak).toBeGreaterThan(0);
  });

  it('stands beside the load of the day itself, whatever its sign', () => {
    const loads = tune([day((i) => (i < DAY ? 2 : 1000)), day(() => -100)], TERMS).daily.map(({ load }) => load);
    expect(loads).toEqual([
      expect.closeTo(
        overDay((i) => said(i) + 2),
        9,
      ),
      expect.closeTo(
        overDay((i) => 100 - said(i)),
        9,
      ),
    ]);
  });

  it('counts no path of a day without a whole window', () => {
    const tuned = tune([days[1]!, days[2]!, day(() => 500, WINDOW - 1)], TERMS);
    expect(tuned.daily[2]).toMatchObject({ peak: 0, windows: 0 });
    expect(tuned.pathError).toBeCloseTo(pathError, 9);
  });
});
