import { type Asked, askedFor, refitDue } from '../../loop/ask-to-learn.ts';
import type { Fitter } from '../../loop/fitter.ts';
import { learn } from '../../loop/learn.ts';
import type { RefitJob, StoredModel } from '../../loop/ports.ts';
import { modelKeyOf } from '../../loop/workload-terms.ts';
import { instant } from '../../models/kernel/series.ts';
import { memoryPorts } from './memory-ports.ts';
import { jobAt, LEARNING, type ReplayedLoad, stageOf } from './replay-stage.ts';

/** A fit that a replay will ask for, and the model that stands after it; none where every fit so far was refused. */
export interface ForeseenFit {
  readonly job: RefitJob;
  readonly model: StoredModel | undefined;
}

/**
 * The fits of a replay, one after the other, without its ticks: what is learned depends on the load alone, and when a fit
 * is due on the model's age. `learn` runs in a world of its own whose clock stands at each fit's time, so that it sees what it
 * would see in the replay. What only a tick can know, that the load has drifted from the forecasts, is not foreseen.
 */
export async function* foreseenFits(load: ReplayedLoad, fitter: Fitter): AsyncGenerator<ForeseenFit> {
  const { world, policy, firstJob } = stageOf(load);
  const ports = memoryPorts(world);
  const { stepSeconds, scoreFrom, scoreTo } = load.problem;
  const fitted = async (job: RefitJob): Promise<ForeseenFit> => {
    await learn(job, ports, fitter, LEARNING);
    return { job, model: await ports.models.load(modelKeyOf(policy)) };
  };
  let newest = await fitted(firstJob);
  yield newest;
  let state: Asked = { lastRefitRequestMs: undefined, lastRefitTerms: undefined };
  const startMs = world.nowMs;
  for (let i = 0; i < scoreTo - scoreFrom; i++) {
    const asOfMs = instant(startMs + (i + 1) * stepSeconds * 1000);
    const reason = refitDue({ model: newest.model?.artefact, asOfMs, state, policy }, undefined);
    if (reason === undefined) continue;
    state = askedFor({ policy, asOfMs });
    world.advanceTo(asOfMs);
    newest = await fitted(jobAt(asOfMs, reason));
    yield newest;
  }
}
