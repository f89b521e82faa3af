import type { CleanLoad } from '../models/clean/load.ts';
import { type CapacityBand, capacityBand } from '../models/decide/capacity-band.ts';
import type { Alternative, Decision } from '../models/decide/decision.ts';
import { carriedBy, needOf } from '../models/decide/need.ts';
import { alternatives, candidatesAround, newsvendor } from '../models/decide/newsvendor.ts';
import type { LoadOutlook } from '../models/forecast/outlook.ts';
import type { PeakForecast } from '../models/forecast/peak.ts';
import type { Result } from '../models/kernel/result.ts';
import type { CapacityUnits } from '../models/kernel/units.ts';
import { chooseArm } from './choose-arm.ts';
import type { DoubtNote } from './ledger.ts';
import { cadenceStepsOf, reachOf, staleAfterSeconds, throughputOf } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';
import { knownUntil } from './window.ts';

/** What the fourth stage wants, before any guard. */
export interface Plan {
  /** Undefined while blind: there is nothing to decide on. */
  readonly wanted: Decision | undefined;
  /** Between what is worth launching and what is worth keeping; undefined where no outlook is planned by. */
  readonly band: CapacityBand | undefined;
  /** True when what is wanted already keeps what may be wanted again soon. */
  readonly remembers: boolean;
  readonly alternatives: readonly Alternative[];
  readonly needNow: CapacityUnits | undefined;
  /** Newest believed load, unit of the load per step. */
  readonly latest: number | undefined;
  readonly freshUntilMs: number | undefined;
  /** Why the load cannot be trusted now; undefined while it is fresh. */
  readonly blind: string | undefined;
}

/** What the third stage says of the load to come, and whether it deserves to be believed. */
export interface Foresight {
  readonly peak: Result<PeakForecast, string>;
  readonly outlook: LoadOutlook | undefined;
  readonly doubt: DoubtNote | undefined;
}

/** Fourth stage: what capacity the load needs now, and which the price asks for over the lead window. Pure. */
export function decide(inputs: TickInputs, load: Result<CleanLoad, string>, { peak, outlook, doubt }: Foresight): Plan {
  const sight = newest(inputs, load);
  const nothing = {
    wanted: undefined,
    band: undefined,
    remembers: false,
    alternatives: [],
    needNow: undefined,
    ...sight,
  };
  if (sight.blind !== undefined || sight.latest === undefined) return nothing;

  const throughput = throughputOf(inputs.policy);
  const needNow = needOf(sight.latest, throughput);
  if (!peak.ok) {
    const said = `no forecast (${peak.refusal}); the present load needs ${needNow}`;
    return { ...nothing, needNow, wanted: { target: needNow, rule: 'reactive', reasons: [said] } };
  }
  const terms = { throughput, shortagePenalty: inputs.policy.price.shortagePenalty };
  const band = outlook === undefined || doubt !== undefined ? undefined : bandOf(inputs, outlook, needNow);
  const { wanted, remembers } = chooseArm(inputs, {
    load: knownOf(load, sight.freshUntilMs),
    band,
    doubt,
    otherwise: () => newsvendor(peak.value, terms),
  });
  const median = needOf(peak.value.quantile(0.5), throughput);
  return {
    ...nothing,
    needNow,
    wanted: doubt === undefined ? withEvents(wanted, peak.value) : wanted,
    band,
    remembers,
    alternatives: alternatives(peak.value, terms, candidatesAround(wanted.target, [median, needNow])),
  };
}

/** The decision with the events that its forecast expects among its reasons. */
const withEvents = (wanted: Decision, { expects }: PeakForecast): Decision =>
  expects === undefined ? wanted : { ...wanted, reasons: [...wanted.reasons, `expects ${expects.join(', ')}`] };

/** The band that the outlook and the price ask for. */
function bandOf(inputs: TickInputs, outlook: LoadOutlook, needNow: CapacityUnits): CapacityBand {
  const { policy, asOfMs } = inputs;
  const throughput = throughputOf(policy);
  return capacityBand(outlook, {
    carriedBy: (count) => carriedBy(count, throughput),
    needNow,
    ...reachOf(policy, (asOfMs - outlook.anchoredAtMs) / 1000),
    cadenceSteps: cadenceStepsOf(policy),
    shortagePenalty: policy.price.shortagePenalty,
  });
}

/** The load up to the newest believed step. */
function knownOf(load: Result<CleanLoad, string>, freshUntilMs: number | undefined): Float64Array {
  if (!load.ok || freshUntilMs === undefined) return new Float64Array(0);
  const { values, startMs, stepMs } = load.value.series;
  return values.subarray(0, Math.round((freshUntilMs - startMs) / stepMs));
}

/** The newest believed load, and whether it is recent enough to act on. */
function newest(inputs: TickInputs, load: Result<CleanLoad, string>): Pick<Plan, 'latest' | 'freshUntilMs' | 'blind'> {
  if (!load.ok) return { latest: undefined, freshUntilMs: undefined, blind: load.refusal };
  const { series, freshUntilMs } = load.value;
  if (freshUntilMs === undefined) return { latest: undefined, freshUntilMs, blind: 'the metric has no samples' };
  const latest = series.values[Math.round((freshUntilMs - series.startMs) / series.stepMs) - 1];
  const behindSeconds = (knownUntil(inputs.policy, inputs.asOfMs) - freshUntilMs) / 1000;
  const patience = staleAfterSeconds(inputs.policy);
  const blind =
    behindSeconds > patience
      ? `the newest load is ${behindSeconds} s behind what should be known, ${patience} s are tolerated${unreadable(inputs)}`
      : undefined;
  return { latest, freshUntilMs, blind };
}

const unreadable = ({ readRefusal }: TickInputs): string =>
  readRefusal === undefined ? '' : ` (${readRefusal.reason})`;
