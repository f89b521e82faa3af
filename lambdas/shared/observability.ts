import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import { ScalerError } from '../../models/kernel/errors.ts';
import { METRICS_NAMESPACE, METRICS_SERVICE } from './config.ts';
import { readTracing } from './environment.ts';
import type { Voice } from './voice.ts';

export interface Observability {
  readonly voice: Voice;
  /** Give these to `middy(...).use(...)`, in this order. */
  readonly middlewares: MiddlewareObj[];
}

/**
 * Logger, metrics and tracer of one function, and the one middleware that logs an error and lets it go on, so that
 * alarms, retries and dead-letter queues see it. The tracer is loaded only where POWERTOOLS_TRACE_ENABLED says so: its
 * hooks cost every promise, whether or not a segment is sent.
 */
export async function observability(room: string): Promise<Observability> {
  const logger = new Logger({ serviceName: room });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  const voice: Voice = {
    info: (message, facts) => logger.info(message, { ...facts }),
    warn: (message, facts) => logger.warn(message, { ...facts }),
    error: (message, facts) => logger.error(message, { ...facts }),
    count: (name, value) => metrics.addMetric(name, MetricUnit.Count, value),
    seconds: (name, value) => metrics.addMetric(name, MetricUnit.Seconds, value),
  };
  const failures: MiddlewareObj = {
    onError: ({ error }) => {
      const known = error instanceof ScalerError ? { code: error.code, ...error.detail } : {};
      logger.error('the run failed', { ...known, error: error ?? new Error('unknown') });
    },
  };
  // Powertools' own middleware warns when there is nothing to publish, which is how a duplicate event ends.
  const publish = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  const tracing = readTracing(process.env) ? [(await import('./tracing.ts')).traced(`prescale-${room}`)] : [];
  return {
    voice,
    middlewares: [...tracing, injectLambdaContext(logger), { after: publish, onError: publish }, failures],
  };
}
