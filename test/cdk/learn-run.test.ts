import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PrescaleController, type PrescaleControllerProps } from '../../cdk/stacks/prescale-controller.ts';

const templateOf = (props: PrescaleControllerProps = {}): Template =>
  Template.fromStack(
    new PrescaleController(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Controller', props),
  );

const template = templateOf();

/** The machine's own text, with what is only known when it is deployed as `<>`. */
function definition(): { StartAt: string; States: Record<string, Record<string, unknown>> } {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const parts: readonly unknown[] = machine?.['Properties'].DefinitionString['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : '<>')).join(''));
}

describe('a run of learn', () => {
  it('lists the workloads of its event’s time, unless the event names them', () => {
    const { StartAt, States } = definition();
    expect(States[StartAt]).toMatchObject({
      Type: 'Choice',
      Choices: [{ Variable: '$.jobs', IsPresent: true, Next: 'Each workload' }],
      Default: 'List workloads',
    });
    expect(States['List workloads']).toMatchObject({ Parameters: { 'list.$': '$.time' }, Next: 'Each workload' });
  });

  it('fits each in an execution of its own, ten at once, and bears the failure of a fifth', () => {
    expect(definition().States['Each workload']).toMatchObject({
      Type: 'Map',
      ItemsPath: '$.jobs',
      MaxConcurrency: 10,
      ToleratedFailurePercentage: 20,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
  });

  it('tries a fit that failed twice more, and keeps a word of what came of it', () => {
    const each = definition().States['Each workload']?.['ItemProcessor'];
    const [fit] = Object.values((each as { States: Record<string, unknown> }).States);
    expect(fit).toMatchObject({
      Parameters: { 'fit.$': '$' },
      ResultSelector: { 'kind.$': '$.kind' },
      Retry: expect.arrayContaining([expect.objectContaining({ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 2 })]),
    });
  });

  it('begins every night, and when a drift is told', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(17 3 * * ? *)',
      State: 'ENABLED',
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('LearnRunMachine') } })],
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['prescale'], 'detail-type': ['Prescale forecast drift'] },
      Targets: [Match.objectLike({ InputPath: '$.detail' })],
    });
  });

  it('may be asked for by tick with events of ours alone', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'TellDrift',
            Action: 'events:PutEvents',
            Condition: { StringEquals: { 'events:source': 'prescale' } },
          }),
        ]),
      },
    });
  });

  it('tells its steps to a log that outlives the stack', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('learn as a container image', () => {
  const image = templateOf({ trainer: 'image' });

  it('is the one function that is no zip, and needs no Docker to be synthesised', () => {
    image.resourcePropertiesCountIs('AWS::Lambda::Function', { PackageType: 'Image' }, 1);
    image.hasResourceProperties('AWS::Lambda::Function', {
      PackageType: 'Image',
      Description: Match.stringLikeRegexp('fits the forecast model'),
      Runtime: Match.absent(),
      Code: { ImageUri: Match.anyValue() },
    });
  });

  it('is built from a pinned base of the runtime that the zip has, with the versions of the lock', () => {
    const file = readFileSync(path.resolve(import.meta.dirname, '../../lambdas/learn/Dockerfile'), 'utf8');
    const bases = file.match(/^FROM .+$/gm) ?? [];
    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases)
      expect(base).toMatch(/^FROM public\.ecr\.aws\/lambda\/nodejs:22(\.\d{4}\.\d{2}\.\d{2}\.\d{2})?( AS \w+)?$/);
    expect(file).toContain('npm ci');
    expect(file).toMatch(/^CMD \["handler\.handler"\]$/m);
  });
});
