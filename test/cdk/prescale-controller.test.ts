import { describe, expect, it } from '@jest/globals';
import { App, Duration, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { PrescaleController, type PrescaleControllerProps } from '../../cdk/stacks/prescale-controller.ts';

const stackOf = (props: PrescaleControllerProps = {}): PrescaleController =>
  new PrescaleController(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Controller', props);

// Synthesis takes seconds: one template for every question about the defaults.
const stack = stackOf();
const template = Template.fromStack(stack);

/** Every statement of every role of the template. */
interface Statement {
  readonly Sid?: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const statements: readonly Statement[] = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
  (policy) => policy['Properties'].PolicyDocument.Statement,
);
const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);
const changesGroups = (action: string): boolean => /^autoscaling:(?!Describe)/.test(action);

describe('what cdk-nag finds', () => {
  it('is nothing that is not acknowledged', () => {
    const { violations } = new AwsSolutionsChecks().validateScope(stack);
    expect(
      violations.map(({ ruleName, violatingResources }) => [ruleName, violatingResources.map((r) => r.constructPath)]),
    ).toEqual([]);
  });

  it('is acknowledged with a reason each time', () => {
    const reasons = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.values(data));
    expect(reasons.length).toBeGreaterThan(5);
    for (const reason of reasons) expect(String(reason).length).toBeGreaterThan(40);
  });
});

describe('the rights of the controller', () => {
  it('change a group only where its owner tagged it for Prescale', () => {
    const changing = statements.filter((statement) => actionsOf(statement).some(changesGroups));
    expect(changing.map(({ Sid }) => Sid).sort()).toEqual([
      'ClaimTaggedGroups',
      'ScaleTaggedGroups',
      'TakeOwnedGroupsHome',
    ]);
    for (const { Condition } of changing) {
      expect(Object.entries(Condition?.['Null'] ?? {})).toContainEqual([
        expect.stringMatching(/^aws:ResourceTag\/prescale:(policy|owner)$/),
        'false',
      ]);
    }
  });

  it('never reach MaxSize or subnets', () => {
    const sizing = statements.filter((s) => actionsOf(s).includes('autoscaling:UpdateAutoScalingGroup'));
    expect(sizing).toHaveLength(2);
    for (const { Condition } of sizing) {
      expect(Condition?.['Null']).toMatchObject({
        'autoscaling:MaxSize': 'true',
        'autoscaling:VPCZoneIdentifiers': 'true',
      });
    }
  });

  it('write the owner tag and no other', () => {
    const tagging = statements.filter((s) =>
      actionsOf(s).some((action) => /:(CreateOrUpdate|Delete)Tags$/.test(action)),
    );
    for (const { Condition } of tagging) {
      expect(Condition?.['ForAllValues:StringEquals']).toEqual({ 'aws:TagKeys': ['prescale:owner'] });
      expect(Condition?.['Null']).toMatchObject({ 'aws:TagKeys': 'false' });
    }
    expect(tagging.flatMap(actionsOf)).toEqual(['autoscaling:CreateOrUpdateTags']);
  });

  it('run no instances, so that another launch template is refused by AWS', () => {
    const unsafe = /^(ec2:(?!Describe)|iam:)|\*$/;
    expect(statements.flatMap(actionsOf).filter((action) => unsafe.test(action))).toEqual([]);
  });

  it('read of EC2 what tells the headroom, and no launch template: user data holds secrets', () => {
    const reading = statements.flatMap(actionsOf).filter((action) => action.startsWith('ec2:'));
    expect(reading).toEqual(['ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSubnets']);
    expect(statements.flatMap(actionsOf)).toContain('autoscaling:DescribeScalingActivities');
  });

  it('use every resource only in order to read, to trace or to have a log delivered', () => {
    const everywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(actionsOf);
    expect(everywhere.length).toBeGreaterThan(0);
    for (const action of everywhere)
      expect(action).toMatch(
        /^(autoscaling:Describe|ec2:Describe|cloudwatch:GetMetricData$|xray:(Put|GetSampling)|logs:\w*(LogDelivery|LogDeliveries|ResourcePolic)|logs:DescribeLogGroups$)/,
      );
  });
});

describe('the pace of the turns', () => {
  it('is one truth: the rule runs at it, tick is told it, and the doctor can read it', () => {
    const paced = Template.fromStack(stackOf({ every: Duration.minutes(2) }));
    paced.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(2 minutes)' });
    paced.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ EVERY_MINUTES: '2' }) },
    });
    const [installation] = Object.values(
      paced.findResources('AWS::SSM::Parameter', { Properties: { Name: '/prescale/installation' } }),
    );
    expect(JSON.stringify(installation)).toContain(String.raw`\"everyMinutes\":2`);
  });
});

describe('what wakes a person', () => {
  it('is silence: a missing heartbeat breaches', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Heartbeat',
      Namespace: 'Prescale',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      ActionsEnabled: true,
      AlarmActions: Match.anyValue(),
    });
  });

  it.each([
    { case: 'an error of a function', metric: 'Errors', count: 3 },
    { case: 'a throttled function', metric: 'Throttles', count: 3 },
    { case: 'a message given up', metric: 'ApproximateNumberOfMessagesVisible', count: 2 },
    { case: 'a backlog', metric: 'ApproximateAgeOfOldestMessage', count: 1 },
    { case: 'lateness', metric: 'TurnLatenessSeconds', count: 1 },
    { case: 'a group that stays blind', metric: 'Blind', count: 1 },
    { case: 'a fleet that the breaker holds back', metric: 'Braked', count: 1 },
    { case: 'a group whose turn keeps failing', metric: 'TicksFailed', count: 1 },
    { case: 'throttled calls to AWS', metric: 'CallsThrottled', count: 1 },
    { case: 'a run of learn that failed', metric: 'ExecutionsFailed', count: 1 },
  ])('is $case', ({ metric, count }) => {
    template.resourcePropertiesCountIs(
      'AWS::CloudWatch::Alarm',
      { MetricName: metric, TreatMissingData: 'notBreaching', AlarmActions: Match.anyValue() },
      count,
    );
  });

  it('is nothing else: the README names the number, and what it costs', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', 17);
  });

  it('reaches the topic: its own policy lets alarms of the account publish', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Effect: 'Allow',
          }),
        ]),
      },
    });
  });
});

describe('the queue of ticks', () => {
  it('hides a message for six timeouts, tries it three times and keeps it afterwards', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('observe, clean'),
      Timeout: 30,
      Runtime: 'nodejs22.x',
    });
    template.hasResourceProperties('AWS::SQS::Queue', {
      VisibilityTimeout: 180,
      RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: Match.anyValue() },
    });
  });

  it('is read by the alias, in batches whose failures are named one by one', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 50,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FunctionName: { 'Fn::Join': ['', Match.arrayWith([':live'])] },
    });
  });
});

describe('what is kept', () => {
  it('outlives the stack: table, bucket and logs', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it('can be restored to any second of the last month, and ages by its own field', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      BillingMode: 'PAY_PER_REQUEST',
    });
  });

  it('keeps the inputs of a decision longer than the decision', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'archive/', ExpirationInDays: 98 })]),
      },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ LEDGER_DAYS: '90' }) },
    });
  });
});

/** Alarms of the stack, in this order and perhaps others between them. */
const alarmsNamed = (...ids: readonly string[]): Match =>
  Match.arrayWith(ids.map((id) => ({ Name: { Ref: Match.stringLikeRegexp(`^Alarms${id}`) } })));

describe('a deployment', () => {
  it('shifts the traffic of tick by growing shares, and an alarm undoes it', () => {
    template.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: 'CodeDeployDefault.LambdaLinear10PercentEvery2Minutes',
      AlarmConfiguration: { Enabled: true, Alarms: alarmsNamed('TickErrors', 'TickDeadLetters', 'TurnFails') },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: Match.arrayWith(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      },
    });
  });

  it('knows neither account nor region', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\b\d{12}\b|us-east-1/);
  });

  it('runs every five minutes', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
  });
});

describe('a rehearsal', () => {
  const emulator = { account: '000000000000', region: 'eu-central-1' };

  it('takes its clock from the events, with the schedule off, and every setting reaches the template', () => {
    const rehearsal = Template.fromStack(
      stackOf({
        clock: 'event',
        scheduled: false,
        ephemeral: true,
        deployment: 'all-at-once',
        tracing: 'off',
        maxFloor: 40,
        env: emulator,
      }),
    );
    rehearsal.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'ScaleTaggedGroups',
            Condition: Match.objectLike({ NumericLessThanEqualsIfExists: { 'autoscaling:MinSize': '40' } }),
          }),
        ]),
      },
    });
    rehearsal.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ CLOCK: 'event', EVERY_MINUTES: 'by-hand', POWERTOOLS_TRACE_ENABLED: 'false' }),
      },
    });
    rehearsal.hasResourceProperties('AWS::Events::Rule', { State: 'DISABLED' });
    rehearsal.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Heartbeat', ActionsEnabled: false });
    rehearsal.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    rehearsal.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
  });

  it.each([
    {
      case: 'in an account of AWS',
      env: { account: '123456789012', region: 'eu-central-1' },
      scheduled: false,
      says: /refused in account 123456789012/,
    },
    { case: 'in an account not known yet', env: undefined, scheduled: false, says: /not known while synthesising/ },
    { case: 'beside a running schedule', env: emulator, scheduled: true, says: /needs a disabled schedule/ },
  ])('is refused $case', ({ env, scheduled, says }) => {
    expect(() => stackOf({ clock: 'event', scheduled, ...(env === undefined ? {} : { env }) })).toThrow(says);
  });
});
