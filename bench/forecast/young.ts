import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { pooledShare } from '../../models/forecast/metrics/pooled-share.ts';
import { predictPeak } from '../../models/forecast/peak.ts';
import { TRANSFER_TREES } from '../../models/forecast/transfer/transfer-trees.ts';
import { fitYoung } from '../../models/forecast/transfer/young-fit.ts';
import { type GappedSeries, type Series, slice } from '../../models/kernel/series.ts';
import { elsewhen, type Named } from './transfer.ts';

const DAY_MS = 86_400_000;
const WINDOW_MS = 900_000;

/** The level that a shortage twenty times as dear as capacity asks for. */
const LEVEL = 20 / 21;

/** Days of each series that are all that is known, the first ones. */
const DAYS = 3;

interface Held {
  readonly model: string;
  /** By level, for each step of the day after: 1 where the peak was held, 0 where not. */
  readonly held: readonly Float64Array[];
}

/**
 * What the quantiles of a fit to a single day hold on the day after: their errors are those of the other series, of which
 * each is left out in its turn, and with it those that were recorded at the same time.
 */
export function youngTable(named: readonly Named[]): string {
  const days = named.flatMap((young) => {
    const others = elsewhen(named, young);
    const tried = Array.from({ length: DAYS }, (_, day) => dayAfter(young.history, day, others));
    return tried.filter((one) => one !== undefined);
  });
  const shares = LEVELS.map((_, k) =>
    pooledShare(days.map(({ held }) => ({ values: held[k]!, block: held[k]!.length }))),
  );
  const corrected = days.filter(({ model }) => model === TRANSFER_TREES).length;
  return `A fit of such a day (\`fitYoung\`) takes its errors from those series: the peak over a quarter of an hour on the day after, the
first ${DAYS} days of each series in turn, ${days.length} days in all, of which ${corrected} were corrected and the others repeated; two standard errors of a
bootstrap over days.

| what | ${LEVELS.join(' | ')} |
| --- | ${LEVELS.map(() => '---:').join(' | ')} |
| the peak, upper quantiles | ${shares.map(({ share, error }) => `${share.toFixed(3)} ± ${(2 * error).toFixed(3)}`).join(' | ')} |`;
}

function dayAfter(history: Series, day: number, others: readonly Series[]): Held | undefined {
  const steps = Math.round(DAY_MS / history.stepMs);
  const windowSteps = Math.max(1, Math.round(WINDOW_MS / history.stepMs));
  const [from, to] = [(day + 1) * steps, (day + 2) * steps];
  if (to > history.values.length) return undefined;
  const options = { windowSteps, level: LEVEL, pathSteps: steps + windowSteps };
  const fitted = fitYoung(slice(history, from - steps, from), options, others);
  if (!fitted.ok) return undefined;
  const held = LEVELS.map(() => new Float64Array(to - windowSteps - from));
  for (let t = from; t < to - windowSteps; t++) {
    const recent: GappedSeries = { ...slice(history, from - 1, t), mayHaveBlanks: true };
    const peak = predictPeak(fitted.value, recent, windowSteps);
    if (!peak.ok) return undefined;
    const came = Math.max(...history.values.subarray(t, t + windowSteps));
    LEVELS.forEach((level, k) => {
      held[k]![t - from] = Number(came <= peak.value.quantile(level));
    });
  }
  return { model: fitted.value.model, held };
}
