import middy from '@middy/core';
import { learnPorts } from '../../adapters/aws/learn-ports.ts';
import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { workerTrainer } from '../../adapters/fit/worker-trainer.ts';
import { learn } from '../../loop/learn.ts';
import { listWorkloads } from '../../loop/list-workloads.ts';
import { observability } from '../shared/observability.ts';
import { fittingVersions } from '../shared/version.ts';
import { readLearnEnv } from './config.ts';
import { makeRoute } from './route.ts';

// Wired once for each cold start: a bad setting fails the first call after a deployment, not the one at 3 a.m.
const env = readLearnEnv(process.env);
const { voice, middlewares } = await observability('learn');

const ports = learnPorts(env);
const fitter = { ...workerFitter(), train: workerTrainer(), versions: fittingVersions(import.meta.url) };

export const handler = middy(
  makeRoute({
    refit: (job) => learn(job, ports, fitter),
    list: (asOfMs) => listWorkloads(asOfMs, ports),
    voice,
  }),
).use(middlewares);
