import { Worker } from 'node:worker_threads';
import type { RefitJob } from '../../loop/ports.ts';
import { workerBeside } from '../worker-code.ts';
import type { ForeseenFit } from './foreseen-fits.ts';
import type { ReplayedLoad } from './replay-stage.ts';

/** Fits of a recorded load, worked out in a thread of their own while the replay ticks. */
export interface Foresight {
  /**
   * The fit that this job asks for; undefined where another was foreseen, and for all jobs after it: each fit stands on
   * those before it. Undefined too when the thread broke, or took longer than its limit.
   */
  of(job: RefitJob): Promise<ForeseenFit | undefined>;
  end(): Promise<void>;
}

/** Room for what a fit throws away at once: with the 16 MB that a thread has by itself a tenth of its time is cleaning up. */
const YOUNG_MB = 96;

/** A fit that takes longer is not waited for. */
const TIME_LIMIT_MS = 120_000;

/** Begins to work out the fits of a load. Costs a thread; the answers are those of fitting when asked, bit for bit. */
export function foresee(
  { series, problem, events }: ReplayedLoad,
  worker: URL = workerBeside('foresee-worker', import.meta.url),
): Foresight {
  const load: ReplayedLoad = { series, problem, ...(events === undefined ? {} : { events }) };
  const thread = new Worker(worker, {
    workerData: load,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const fits: ForeseenFit[] = [];
  /** The thread says nothing more; what it has said still counts. */
  let isSilent = false;
  /** Nothing that it said or says counts any more. */
  let isEnded = false;
  let wake = (): void => undefined;
  const silent = (): void => {
    isSilent = true;
    wake();
  };
  thread.on('message', (fit: ForeseenFit) => {
    if (isEnded) return;
    fits.push(fit);
    wake();
  });
  thread.on('error', silent).on('exit', silent);
  const end = async (): Promise<void> => {
    isEnded = true;
    await thread.terminate();
  };
  const next = (): Promise<ForeseenFit | undefined> =>
    new Promise((resolve) => {
      const timer = setTimeout(silent, TIME_LIMIT_MS);
      wake = () => {
        if (fits.length === 0 && !isSilent) return;
        wake = () => undefined;
        clearTimeout(timer);
        resolve(fits.shift());
      };
      wake();
    });
  return {
    of: async (job) => {
      const fit = isEnded ? undefined : await next();
      if (fit !== undefined && sameJob(fit.job, job)) return fit;
      await end();
      return undefined;
    },
    end,
  };
}

/** Field by field: the thread's objects may be of another realm. */
const sameJob = (a: RefitJob, b: RefitJob): boolean =>
  a.asOfMs === b.asOfMs &&
  a.reason === b.reason &&
  a.groupName === b.groupName &&
  a.policyName === b.policyName &&
  a.workload === b.workload &&
  a.bootSeconds === b.bootSeconds;
