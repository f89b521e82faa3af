import { Tracer } from '@aws-lambda-powertools/tracer';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import type { MiddlewareObj } from '@middy/core';

/**
 * A segment around every run, sent to X-Ray. Loading this file puts a hook under every promise of the process, so it is
 * loaded only where segments are wanted.
 */
export const traced = (serviceName: string): MiddlewareObj => captureLambdaHandler(new Tracer({ serviceName }));
