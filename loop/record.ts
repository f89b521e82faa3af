import type { Finding } from '../models/anomaly/detector.ts';
import type { CleanLoad } from '../models/clean/load.ts';
import { targetTrackingWant } from '../models/decide/counterfactual.ts';
import { largestOf } from '../models/decide/whole-instances.ts';
import type { PeakForecast } from '../models/forecast/peak.ts';
import type { Result } from '../models/kernel/result.ts';
import type { Home } from './base.ts';
import type { Plan } from './decide.ts';
import { leadNote } from './lead.ts';
import {
  type Counterfactual,
  type DecisionEntry,
  type DoubtNote,
  type ForecastNote,
  LEDGER_LEVELS,
  type LoadNote,
  noAction,
  type UnusualNote,
} from './ledger.ts';
import { criticalRatioOf, throughputPerStepOf, windowStepsOf } from './policy.ts';
import type { TickMessage } from './ports.ts';
import type { Settlement } from './settle.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

/** What stages two to five made of the inputs. */
export interface Thought {
  readonly load: Result<CleanLoad, string>;
  readonly peak: Result<PeakForecast, string>;
  /** Why the forecast had no say. */
  readonly doubt?: DoubtNote | undefined;
  readonly plan: Plan;
  /** What the detector says of the newest load. */
  readonly unusual?: Finding | undefined;
  readonly home: Home;
  /** What the world answered. */
  readonly answers: Answers;
  readonly settlement: Settlement;
}

export interface EntryContext {
  readonly message: TickMessage;
  readonly version: string;
  /** Address of the archived inputs. */
  readonly inputs: string | null;
}

/** The ledger entry of a decision, complete before anything is done. Pure. */
export function entryOf(inputs: TickInputs, thought: Thought, context: EntryContext): DecisionEntry {
  const { snapshot, policy } = inputs;
  const { plan, home, settlement, answers } = thought;
  const decision =
    home.noticed === undefined
      ? settlement.decision
      : { ...settlement.decision, reasons: [home.noticed, ...settlement.decision.reasons] };
  return {
    version: 1,
    group: context.message.group,
    policyName: policy.name,
    workload: policy.workload,
    asOfMs: inputs.asOfMs,
    wallMs: inputs.wallMs,
    mode: policy.mode,
    load: loadNote(thought),
    ...(plan.blind === undefined ? {} : { blind: plan.blind }),
    ...(inputs.lead === undefined ? {} : { lead: leadNote(policy, inputs.lead) }),
    ...shortageOf(inputs),
    forecast: forecastNote(inputs, thought.peak),
    ...(thought.doubt === undefined || plan.wanted === undefined ? {} : { doubt: thought.doubt }),
    groupFound: {
      minSize: snapshot.minSize,
      maxSize: snapshot.maxSize,
      desired: snapshot.desired,
      inService: snapshot.inService,
      pending: snapshot.pending,
      base: home.base,
      ...(snapshot.weights === undefined ? {} : { largestWeight: largestOf(snapshot.weights) }),
    },
    ...(answers.rival === undefined ? {} : { rival: answers.rival }),
    ...(answers.headroom === undefined ? {} : { headroom: answers.headroom }),
    needNow: plan.needNow ?? null,
    decision,
    alternatives: plan.alternatives,
    counterfactual: counterfactualOf(inputs, plan),
    action: settlement.action,
    inputs: context.inputs,
    versions: { prescale: context.version, policyVersion: policy.version },
  };
}

/** A shortage of longer ago says little of what can be launched now. */
const RECENT_MS = 3_600_000;

function shortageOf({ state, asOfMs }: TickInputs): Pick<DecisionEntry, 'shortage'> {
  const shortage = state.launches?.shortage;
  return shortage !== undefined && asOfMs - shortage.atMs < RECENT_MS ? { shortage } : {};
}

const NOTHING_READ = 'nothing was read';

/** The ledger entry of a tick that could not even see its group or its policy. Pure. */
export function refusalEntry(message: TickMessage, wallMs: number, version: string): DecisionEntry {
  return {
    version: 1,
    group: message.group,
    policyName: message.policyName,
    workload: '',
    asOfMs: message.asOfMs,
    wallMs,
    mode: 'observe',
    load: null,
    blind: NOTHING_READ,
    forecast: { kind: 'refused', reason: NOTHING_READ },
    groupFound: null,
    needNow: null,
    decision: null,
    alternatives: [],
    counterfactual: { targetTracking50: null, targetTracking70: null },
    action: noAction,
    inputs: null,
    versions: { prescale: version, policyVersion: 0 },
  };
}

function loadNote({ load, plan, unusual }: Thought): LoadNote | null {
  if (!load.ok) return null;
  const { observed, filled, blank, censored, rejected } = load.value.counts;
  return {
    freshUntilMs: plan.freshUntilMs ?? null,
    latest: plan.latest ?? null,
    observed,
    filled,
    blank,
    censored,
    rejected,
    ...(unusual === undefined ? {} : { unusual: noteOf(unusual) }),
  };
}

const noteOf = ({ score, because }: Finding): UnusualNote => ({ score, because: because ?? null });

function forecastNote(inputs: TickInputs, peak: Result<PeakForecast, string>): ForecastNote {
  if (!peak.ok || inputs.model === undefined) {
    return { kind: 'refused', reason: peak.ok ? 'no model' : peak.refusal };
  }
  const level = criticalRatioOf(inputs.policy);
  return {
    kind: 'forecast',
    model: inputs.model.model,
    fittedAtMs: inputs.model.fittedAtMs,
    ...(inputs.model.repairedSteps === undefined ? {} : { repairedSteps: inputs.model.repairedSteps }),
    windowSteps: windowStepsOf(inputs.policy),
    expectedPeak: peak.value.expectedPeak,
    quantiles: LEDGER_LEVELS.map((p) => peak.value.quantile(p)),
    level,
    loadAtLevel: peak.value.quantile(level),
  };
}

function counterfactualOf(inputs: TickInputs, { latest }: Plan): Counterfactual {
  if (latest === undefined) return { targetTracking50: null, targetTracking70: null };
  const perStep = throughputPerStepOf(inputs.policy);
  return {
    targetTracking50: targetTrackingWant(latest, perStep, 0.5),
    targetTracking70: targetTrackingWant(latest, perStep, 0.7),
  };
}
