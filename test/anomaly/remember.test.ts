import { describe, expect, it } from '@jest/globals';
import { AnomalyDetector, THRESHOLD } from '../../models/anomaly/detector.ts';
import { newestAgainst, remember } from '../../models/anomaly/remember.ts';
import { randomSource } from '../../models/kernel/rng.ts';
import { instant, type Series, slice } from '../../models/kernel/series.ts';

const DAY = 288;

/** A day's wave with noise, and a spike at each of the given steps. */
function wave(steps: number, spikes: readonly number[] = []): Series {
  const random = randomSource(4);
  const values = Float64Array.from(
    { length: steps },
    (_, i) => 100 + 40 * Math.sin((i * 2 * Math.PI) / DAY) + 6 * random() + (spikes.includes(i) ? 90 : 0),
  );
  return { startMs: instant(Date.UTC(2026, 0, 1)), stepMs: 300_000, values };
}

const FIT = 6 * DAY;
const stored = <T>(memory: T): T => JSON.parse(JSON.stringify(memory));

describe('remember', () => {
  it('says of later values what a detector says that never stopped, to a few hundredths', () => {
    const series = wave(FIT + 60, [FIT + 20, FIT + 47]);
    const unbroken = new AnomalyDetector();
    const said = Array.from(series.values, (value, i) => unbroken.observe(series.startMs + i * series.stepMs, value));
    const memory = stored(remember(slice(series, 0, FIT))!);
    for (let end = FIT + 1; end <= series.values.length; end++) {
      const now = newestAgainst(memory, slice(series, FIT - 12, end))!;
      expect(Math.abs(now.score - said[end - 1]!.score)).toBeLessThan(0.05);
    }
  });

  it('goes on from what it was asked before, and begins anew where the series is another', () => {
    const [plain, spiked] = [wave(FIT + 40), wave(FIT + 40, [FIT + 20])];
    const memory = stored(remember(slice(plain, 0, FIT))!);
    const anew = (series: Series) => newestAgainst(stored(memory), series);
    for (const series of [plain, spiked, plain]) {
      for (let end = FIT + 1; end <= FIT + 40; end += 3) {
        const seen = slice(series, FIT - 12, end);
        expect(newestAgainst(memory, seen)).toEqual(anew(seen));
      }
    }
    const long = wave(FIT + 400);
    for (let end = FIT + 85; end <= FIT + 400; end += 7) {
      const seen = slice(long, FIT - 12, end);
      expect(newestAgainst(memory, seen)).toEqual(anew(seen));
    }
    const later = slice(plain, FIT + 5, FIT + 30);
    expect(newestAgainst(memory, later)).toEqual(anew(later));
  });

  it('knows what is usual and what is not', () => {
    const memory = stored(remember(wave(FIT))!);
    const newest = (series: Series) => newestAgainst(memory, series)!;
    expect(newest(wave(FIT + 40, [FIT + 39])).score).toBeGreaterThan(THRESHOLD);
    expect(newest(wave(FIT + 40)).score).toBeLessThan(THRESHOLD);
  });

  it('is small enough to lie beside a forecast', () => {
    expect(JSON.stringify(remember(wave(14 * DAY))).length).toBeLessThan(20_000);
  });

  it('says nothing of what lies in the history, and passes over what is missing', () => {
    const memory = remember(wave(FIT))!;
    expect(newestAgainst(memory, slice(wave(FIT), FIT - 36))).toBeUndefined();
    const missing = wave(FIT + 3).values.map((value, i) => (i === FIT + 2 ? Number.NaN : value));
    expect(newestAgainst(memory, { ...wave(FIT), values: missing })?.score).toBe(0);
  });

  it('says nothing where the history is too short, or the memory of another version', () => {
    expect(remember(wave(49))).toBeUndefined();
    expect(newestAgainst({ ...remember(wave(FIT))!, version: 2 }, wave(FIT + 3))).toBeUndefined();
  });
});
