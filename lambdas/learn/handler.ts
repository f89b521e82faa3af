import middy from '@middy/core';
import { learnPorts } from '../../adapters/aws/learn-ports.ts';
import { workerFitter } from '../../adapters/fit/worker-fitter.ts';
import { learn } from '../../loop/learn.ts';
import { observability } from '../shared/observability.ts';
import { readLearnEnv } from './config.ts';
import { makeLearner } from './consume.ts';

// Wired once for each cold start: a bad setting fails the first call after a deployment, not the one at 3 a.m.
const env = readLearnEnv(process.env);
const { voice, middlewares } = observability('learn');

const ports = learnPorts(env);
const fitter = workerFitter();

export const handler = middy(makeLearner({ refit: (job) => learn(job, ports, fitter), voice })).use(middlewares);
