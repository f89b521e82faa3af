import { describe, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PrescaleController } from '../../cdk/stacks/prescale-controller.ts';

describe('parameters', () => {
  it.each(['TickWorkerRole', 'LearnWorkerRole'])('are read by the call that the functions make: %s', (role) => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    const template = Template.fromStack(new PrescaleController(app, 'Controller'));
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Sid: 'ReadPoliciesAndSwitches', Effect: 'Allow', Action: 'ssm:GetParameters' }),
        ]),
      },
      Roles: [{ Ref: Match.stringLikeRegexp(`^${role}`) }],
    });
  });
});
