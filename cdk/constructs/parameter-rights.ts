import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Reading policies and switches. People write them; the controller never does. */
export const readParameters = (scope: Construct, where: { readonly parameterPrefix: string }): PolicyStatement =>
  new PolicyStatement({
    sid: 'ReadPoliciesAndSwitches',
    actions: ['ssm:GetParameters'],
    resources: [
      Stack.of(scope).formatArn({
        service: 'ssm',
        resource: 'parameter',
        resourceName: `${where.parameterPrefix.replace(/^\//, '')}/*`,
      }),
    ],
  });
