import { Expectation, type Expected } from './expectation.ts';
import { MEASURES, type Measure, Measures } from './measures.ts';
import { type DetectorMemory, MEMORY_VERSION, type Remembering, reader, rounded } from './memory.ts';
import { Recurrence } from './recurrence.ts';
import { TailSurprise } from './tail-surprise.ts';

/** A score from here on is an anomaly; one threshold for every series. */
export const THRESHOLD = 0.5;

/** Mean excess surprise over the measures, in powers of ten, that the threshold stands for. */
const AT_THRESHOLD = 0.2;
/** Values after which a reported surprise no longer hushes one of 1/e its size. */
const HUSH_LIFE = 200;
const TAIL_LIFE = 4000;
/** Before so many values nothing is unusual. */
const WARM_UP = 50;
/** Values are held within this: beyond it differences are no longer finite. */
const MOST = 1e150;
/** The range shown to people leaves out this share of the past. */
const OUTSIDE_RANGE = 0.01;

/** What a detector says of one value. */
export interface Finding {
  /** 0 (nothing new) to 1; `THRESHOLD` and above is an anomaly. */
  readonly score: number;
  /** The measure that is most surprised; undefined where none is. */
  readonly because: Measure | undefined;
  /** Where 99 of 100 values were, relative to what was expected of them. */
  readonly low: number;
  readonly high: number;
}

const NOTHING: Finding = { score: 0, because: undefined, low: Number.NaN, high: Number.NaN };

/**
 * Finds what is new in a series, value by value, from its past alone: each value is measured in seven ways
 * (`measures.ts`), each measure's surprise is counted against its own past (`tail-surprise.ts`), the mean of the surprises
 * counts as far as it exceeds the largest of late and what this time of day has come to be used to: one event is reported
 * once and again only when it grows, and what comes every night no longer.
 * A missing value (NaN) scores 0 and teaches nothing; ±Infinity is taken as the largest number. Deterministic, memory
 * fixed at 35 kB, O(1) a value: 1.5 µs. Stamps need not be regular; they set the time of day and of the week, nothing else.
 * Deviates from the windowed likelihood of Lavin & Ahmad (ICMLA 2015) in that the tail is counted, not taken as Gaussian.
 */
export class AnomalyDetector {
  private readonly expectation = new Expectation();
  private readonly measures = new Measures();
  private readonly tails = MEASURES.map(() => new TailSurprise(TAIL_LIFE));
  private readonly recurrence = new Recurrence();
  private count = 0;
  private hush = 0;

  observe(ms: number, given: number): Finding {
    if (Number.isNaN(given)) return NOTHING;
    const value = Math.max(-MOST, Math.min(MOST, given));
    const { expectation } = this;
    const expected = expectation.at(ms);
    if (expected === undefined) {
      expectation.learn(ms, value);
      this.count++;
      return NOTHING;
    }
    const reach = this.measures.reach;
    const finding = this.weigh(ms, value, expected);
    expectation.learn(ms, Math.max(expected.near - reach, Math.min(expected.near + reach, value)));
    this.count++;
    return finding;
  }

  /** What a detector knows, small enough to be stored; undefined before there is enough to know anything by. */
  memory(untilMs: number): DetectorMemory | undefined {
    if (this.count < WARM_UP) return undefined;
    const numbers: number[] = [];
    for (const part of this.parts()) part.keep(numbers);
    return { version: MEMORY_VERSION, untilMs, hush: rounded(this.hush), numbers };
  }

  /** A detector that goes on where another was when its memory was taken, up to rounding. */
  static from({ hush, numbers }: DetectorMemory): AnomalyDetector {
    const detector = new AnomalyDetector();
    const next = reader(numbers);
    for (const part of detector.parts()) part.recall(next);
    detector.count = WARM_UP;
    detector.hush = hush;
    return detector;
  }

  private parts(): readonly Remembering[] {
    return [this.expectation, this.measures, this.recurrence, ...this.tails];
  }

  private weigh(ms: number, value: number, expected: Expected): Finding {
    const { recent, level, last } = this.expectation;
    const half = this.measures.range(this.tails[0]!.quantileAbove(OUTSIDE_RANGE));
    const measured = this.measures.take(value, {
      ...expected,
      last: last ?? value,
      recent: recent.value,
      level: level.value,
    });
    const { mean, most } = this.surprise(measured);
    const fresh = Math.max(0, mean - Math.max(this.hush, this.recurrence.usualAt(ms)));
    this.hush = Math.max(this.hush * (1 - 1 / HUSH_LIFE), mean);
    this.recurrence.add(ms, mean);
    return {
      score: fresh / (fresh + AT_THRESHOLD),
      because: most,
      low: expected.near - half,
      high: expected.near + half,
    };
  }

  private surprise(measured: Float64Array): { readonly mean: number; readonly most: Measure | undefined } {
    let [sum, largest] = [0, 0];
    let most: Measure | undefined;
    for (let k = 0; k < this.tails.length; k++) {
      const tail = this.tails[k]!;
      const surprise = this.count < WARM_UP ? 0 : tail.of(measured[k]!);
      tail.learn(measured[k]!);
      sum += surprise;
      if (surprise <= largest) continue;
      largest = surprise;
      most = MEASURES[k];
    }
    return { mean: sum / MEASURES.length, most };
  }
}
