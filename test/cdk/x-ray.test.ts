import { describe, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PrescaleController } from '../../cdk/stacks/prescale-controller.ts';

describe('X-Ray', () => {
  it.each([
    { segments: undefined, mode: 'Active', enabled: 'false' },
    { segments: 'tracer', mode: 'Active', enabled: 'true' },
  ] as const)('gets, with tracing $segments, what costs no turn anything unless asked for more', (asked) => {
    const { segments, mode, enabled } = asked;
    const template = Template.fromStack(
      new PrescaleController(
        new App({ context: { 'aws:cdk:bundling-stacks': [] } }),
        'X',
        segments === undefined ? {} : { tracing: segments },
      ),
    );
    template.allResourcesProperties('AWS::Lambda::Function', {
      TracingConfig: { Mode: mode },
      Environment: { Variables: Match.objectLike({ POWERTOOLS_TRACE_ENABLED: enabled }) },
    });
  });
});
