import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LearnEnvName } from '../../lambdas/learn/config.ts';
import { ControllerFunction, projectRoot } from './controller-function.ts';
import { readGroups, readMetrics } from './group-rights.ts';
import { LearnRun } from './learn-run.ts';
import { readParameters } from './parameter-rights.ts';
import type { ControllerSettings } from './settings.ts';
import { tellMissingObjects, useObjects } from './state-rights.ts';
import { WorkQueue } from './work-queue.ts';

export interface LearnProps extends ControllerSettings {
  readonly bucket: IBucket;
  /** Whether a run over all workloads begins every day by itself. */
  readonly scheduled: boolean;
  /** What trains networks: the zip, on WebAssembly; a container image with the native tensor library; nothing. */
  readonly trainer: Trainer;
}

/** Kinds of `learn`; `none` is the zip without a trainer. */
export type Trainer = 'zip' | 'image' | 'none';

/** Build file of the image, from the checkout's root. */
const DOCKERFILE = 'lambdas/learn/Dockerfile';

/** A fit of two weeks takes seconds and is ended after two minutes, a training too: both in turn, and the reading, have room. */
const TIMEOUT = Duration.minutes(5);

/** Programs that put the fitter's worker beside the handler, and the trainer's, each with its WebAssembly. */
const FITTER_BUNDLER = path.join(projectRoot, 'cdk', 'bin', 'bundle-fitter.ts');
const TRAINER_BUNDLER = path.join(projectRoot, 'cdk', 'bin', 'bundle-trainer.ts');

/** Fits forecast models outside the hot path: one workload for each message, and all of them in a run. */
export class Learn extends Construct {
  readonly work: WorkQueue;
  readonly worker: ControllerFunction;
  readonly run: LearnRun;

  constructor(scope: Construct, id: string, props: LearnProps) {
    super(scope, id);
    this.work = new WorkQueue(this, 'Work', { consumerTimeout: TIMEOUT, retention: Duration.days(1) });
    this.worker = new ControllerFunction(this, 'Worker', {
      room: 'learn',
      description: 'Prescale: fits the forecast model of a workload',
      timeout: TIMEOUT,
      // One whole processor: a fit is arithmetic.
      memorySize: 1769,
      ...(props.trainer === 'image' ? { dockerfile: DOCKERFILE } : {}),
      tracing: props.tracing,
      removalPolicy: props.removalPolicy,
      environment: {
        STATE_BUCKET: props.bucket.bucketName,
        PARAMETER_PREFIX: props.parameterPrefix,
      } satisfies Record<LearnEnvName, string>,
      commandHooks: {
        beforeBundling: () => [],
        beforeInstall: () => [],
        afterBundling: (_inputDir, outputDir) =>
          (props.trainer === 'zip' ? [FITTER_BUNDLER, TRAINER_BUNDLER] : [FITTER_BUNDLER]).map(
            (bundler) => `"${process.execPath}" "${bundler}" "${outputDir}"`,
          ),
      },
    });
    this.worker.live.addEventSource(
      new SqsEventSource(this.work.queue, { batchSize: 1, maxConcurrency: 5, reportBatchItemFailures: true }),
    );
    this.worker.allow(
      readGroups(),
      readMetrics(),
      readParameters(this, props),
      useObjects(props.bucket),
      tellMissingObjects(props.bucket),
    );
    this.run = new LearnRun(this, 'Run', { ...props, learn: this.worker.live });
  }
}
