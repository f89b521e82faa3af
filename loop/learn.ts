import { remember } from '../models/anomaly/remember.ts';
import type { PlannedEvent } from '../models/calendar/event.ts';
import { cleanLoad } from '../models/clean/clean-load.ts';
import { fitWindow } from '../models/clean/fit-window.ts';
import type { Samples } from '../models/clean/load.ts';
import { reconstructLoad } from '../models/clean/reconstruct-load.ts';
import type { ForecastRefusal } from '../models/forecast/forecaster.ts';
import { networkName } from '../models/forecast/neural/network-forecaster.ts';
import type { NetworkModel } from '../models/forecast/neural/network-model.ts';
import { accept, type Result, refuse } from '../models/kernel/result.ts';
import { type EpochMs, endOf, instant, type Series } from '../models/kernel/series.ts';
import { chosenByOthers, refreshWorkload, type WorkloadModel } from '../models/learn/fit-workload.ts';
import { mostFilledSteps } from './clean.ts';
import { type Donor, donorsFor } from './donors.ts';
import { eventsChanged, plannedEvents } from './events.ts';
import { windowText } from './fitted-window.ts';
import type { Fitter } from './fitter.ts';
import { changed, deltaQuery, historyKeyOf, noSamples, overlay } from './history.ts';
import { withBoot } from './lead.ts';
import { DAILY } from './list-workloads.ts';
import { type Fitting, manifestOf } from './manifest.ts';
import { metricsOf } from './observe.ts';
import { type Policy, stepMsOf } from './policy.ts';
import {
  type Archive,
  DRIFT,
  type HistoryStore,
  type LoadReader,
  type ManifestStore,
  type ModelStore,
  type NetworkStore,
  type PolicyStore,
  type RefitJob,
} from './ports.ts';
import { scoreText } from './score-text.ts';
import { historyFrom, knownUntil, PATH_MS, REFIT_AFTER_MS, refreshAfterMs } from './window.ts';
import { modelKeyOf, workloadOptionsOf } from './workload-terms.ts';

/** What a fit needs from the world. */
export interface LearnPorts {
  readonly loads: LoadReader;
  readonly history: HistoryStore;
  readonly models: ModelStore;
  readonly archive: Archive;
  readonly policies: PolicyStore;
  readonly manifests: ManifestStore;
  readonly networks: NetworkStore;
}

export type LearnOutcome =
  | {
      readonly kind: 'fitted';
      readonly model: string;
      readonly scores: readonly string[];
      /** What came of the training of a network; absent where none was due. */
      readonly training?: string;
    }
  /** A fit for this moment or a later one is there already. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface LearnSettings {
  /**
   * Whether the model remembers what is usual in the load, for the ledger's note on what is not. No decision looks at it, so
   * where no ledger is read it is time lost.
   * @default true
   */
  readonly knowsUsual?: boolean;
}

/**
 * Fits the models of a workload on its history up to the job's time and keeps the champion. Runs outside the hot path.
 * Refuses a policy or history that cannot be used; throws when the world fails, so that the job is delivered again.
 */
export async function learn(
  job: RefitJob,
  ports: LearnPorts,
  fitter: Fitter,
  { knowsUsual = true }: LearnSettings = {},
): Promise<LearnOutcome> {
  const read = await ports.policies.read(job.policyName);
  if (!read.ok) return { kind: 'refused', reason: read.refusal.reason };
  const policy = withBoot(read.value, job.bootSeconds ?? read.value.lead.bootSeconds);
  const standing = (await ports.models.load(modelKeyOf(policy)))?.artefact;
  const due = workDue(job, policy, standing);
  if (due === 'none') return { kind: 'fresh' };

  const total = await totalLoad(job, policy, ports);
  if (!total.ok) return { kind: 'refused', reason: total.refusal };
  const window = windowOf(policy, job.asOfMs, total.value);
  if (!window.ok) return { kind: 'refused', reason: window.refusal };
  const found: Findings = { job, policy, standing, window: window.value };
  const networks = due === 'fit' ? await ports.networks.of(policy.workload) : [];
  const donors = due === 'fit' ? await donorsFor(policy.workload, window.value, ports) : [];
  const fitted = await fittedTo(found, { due, networks, donors, fitter });
  if (!fitted.ok) return { kind: 'refused', reason: JSON.stringify(fitted.refusal) };
  const artefact = knowsUsual ? { ...fitted.value, memory: remember(window.value) } : fitted.value;
  await keep(artefact, found, { ports, fitting: { work: due, networks, donors, versions: fitter.versions ?? {} } });
  const training =
    due === 'fit'
      ? await trainAnew({ ...found, serving: artefact.model }, networks, { store: ports.networks, fitter })
      : undefined;
  const scores = artefact.scores.map(scoreText);
  return { kind: 'fitted', model: artefact.model, scores, ...(training === undefined ? {} : { training }) };
}

/** What a fit is made for, of and after. */
interface Findings {
  readonly job: RefitJob;
  readonly policy: Policy;
  readonly standing: WorkloadModel | undefined;
  readonly window: Series;
}

interface Means {
  readonly due: 'fit' | 'refresh';
  readonly networks: readonly NetworkModel[];
  readonly donors: readonly Donor[];
  readonly fitter: Fitter;
}

/**
 * A network is trained anew once the newest is as old. It has no say about days that it has seen: the choice a week after its
 * training is the first that can judge it, and must find it there.
 */
const RETRAIN_AFTER_MS = 14 * 86_400_000;

/**
 * Trains a network where the fitter can, none is young and none serves: a new one takes the old one's place, and it has no say
 * about days that it has seen. After the fit, which needs none of it: the model is there while this takes its seconds, and
 * stands whatever comes of it, in words.
 */
async function trainAnew(
  { policy, window, serving }: Findings & { readonly serving: string },
  known: readonly NetworkModel[],
  { store, fitter }: { readonly store: NetworkStore; readonly fitter: Fitter },
): Promise<string | undefined> {
  const young = known.some(({ trainedUntilMs }) => trainedUntilMs > endOf(window) - RETRAIN_AFTER_MS);
  const serves = known.some((network) => networkName(network) === serving);
  if (fitter.train === undefined || young || serves) return undefined;
  const trained = await fitter.train({ window, horizonSteps: workloadOptionsOf(policy).windowSteps });
  if (!trained.ok) return `refused: ${trained.refusal}`;
  try {
    await store.keep(policy.workload, trained.value);
    return `kept ${networkName(trained.value)}`;
  } catch (error) {
    return `not kept: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function fittedTo(
  { job, policy, standing, window }: Findings,
  { due, networks, donors, fitter }: Means,
): Promise<Result<WorkloadModel, ForecastRefusal>> {
  const options = workloadOptionsOf(policy);
  const events = eventsFor(policy, job.asOfMs);
  if (due === 'refresh' && standing !== undefined) return refreshWorkload(window, options, { standing, events });
  return fitter.fit({
    window,
    options,
    standing,
    ...(events === undefined ? {} : { events }),
    ...(networks.length === 0 ? {} : { networks }),
    ...(donors.length === 0 ? {} : { donors: donors.map(({ history }) => history) }),
  });
}

/** The model under its address, the history that it was fitted to, and beside it what it was made of. */
async function keep(
  artefact: WorkloadModel,
  { job, policy, standing, window }: Findings,
  {
    ports,
    fitting,
  }: { readonly ports: LearnPorts; readonly fitting: Pick<Fitting, 'work' | 'networks' | 'donors' | 'versions'> },
): Promise<void> {
  const key = modelKeyOf(policy);
  const addresses = {
    window: await ports.archive.put(windowText(window)),
    model: await ports.archive.put(JSON.stringify(artefact)),
  };
  await ports.models.save(key, { artefact, address: addresses.model });
  await ports.manifests.save(
    key,
    manifestOf({ job, window, addresses, before: standing, after: artefact, ...fitting }),
  );
}

/** A daily run finds models of the last one, give or take minutes, and renews them before any tick asks for it. */
const DAILY_AFTER_MS = 20 * 3_600_000;

/** A fit that is younger is not drifted from yet: the request came twice, or from two groups of the workload. */
const DRIFT_AFTER_MS = 30 * 60_000;

/**
 * Everything anew at most daily, when the events have changed, and after a drift; between two fits the direct regression
 * alone; nothing for a request that came twice.
 */
function workDue(job: RefitJob, policy: Policy, standing: WorkloadModel | undefined): 'fit' | 'refresh' | 'none' {
  const until = knownUntil(policy, job.asOfMs);
  if (standing === undefined || eventsChanged(policy, standing)) return 'fit';
  if (standing.fittedAtMs <= until - (job.reason === DAILY ? DAILY_AFTER_MS : REFIT_AFTER_MS)) return 'fit';
  const { direct } = standing;
  // It has no plan that could be renewed.
  if (job.reason !== DRIFT && chosenByOthers(standing)) return 'none';
  const age = until - (direct?.fittedAtMs ?? standing.fittedAtMs);
  if (job.reason === DRIFT) return age < DRIFT_AFTER_MS ? 'none' : 'fit';
  return age < refreshAfterMs(direct) / 2 ? 'none' : 'refresh';
}

/** The policy's events from the beginning of its history to the end of a fitted path. */
const eventsFor = (policy: Policy, asOfMs: EpochMs): readonly PlannedEvent[] | undefined =>
  policy.events && plannedEvents(policy.events, { fromMs: historyFrom(policy, asOfMs), toMs: asOfMs + PATH_MS });

interface Total {
  readonly samples: Samples;
  readonly censored?: Uint8Array;
}

/** Stored history of the load's metrics, completed from the source and written back. */
async function totalLoad(job: RefitJob, policy: Policy, ports: LearnPorts): Promise<Result<Total, string>> {
  const groupName = job.groupName;
  const [fromMs, toMs] = [historyFrom(policy, job.asOfMs), knownUntil(policy, job.asOfMs)];
  const wanted = await Promise.all(
    metricsOf(policy, groupName).map(async (metric, i) => {
      const key = { ...historyKeyOf(policy), metric };
      const stored = await ports.history.read(key, { fromMs, toMs });
      const like = { ...policy, load: { ...policy.load, metric } };
      return { key, stored, query: deltaQuery(`m${i}`, like, { stored, fromMs, toMs: instant(toMs) }) };
    }),
  );
  const answers = await ports.loads.read(wanted.map(({ query }) => query));
  const all: Samples[] = [];
  for (const { key, stored, query } of wanted) {
    const answer = answers.get(query.id);
    if (answer === undefined || !answer.ok) return refuse(answer?.refusal.reason ?? 'the metric source gave no answer');
    const fresh = changed(stored, answer.value);
    if (fresh.timestampsMs.length > 0) await ports.history.merge(key, fresh);
    all.push(overlay(stored, answer.value));
  }
  const [load = noSamples, inService] = all;
  return accept(inService === undefined ? { samples: load } : reconstructLoad(load, inService));
}

function windowOf(policy: Policy, asOfMs: EpochMs, total: Total) {
  const cleaned = cleanLoad(total.samples, {
    stepMs: stepMsOf(policy),
    asOfMs,
    fromMs: historyFrom(policy, asOfMs),
    publicationDelayMs: policy.load.publicationDelaySeconds * 1000,
    missing: policy.load.missing,
    maxFillSteps: mostFilledSteps(policy),
    ...(total.censored === undefined ? {} : { censored: total.censored }),
  });
  if (!cleaned.ok) return refuse(cleaned.refusal.reason);
  const window = fitWindow(cleaned.value);
  return window.ok ? window : refuse(window.refusal.reason);
}
