import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Items one at a time and along a key; no scan, no deletion, no change of the table itself. */
export const useItems = (table: ITable): PolicyStatement =>
  new PolicyStatement({
    sid: 'UseItems',
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
    resources: [table.tableArn],
  });

/** Objects whole; none is deleted but by its age. */
export const useObjects = (bucket: IBucket): PolicyStatement =>
  new PolicyStatement({
    sid: 'UseObjects',
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [bucket.arnForObjects('*')],
  });

/** Without it an object that is not there looks like one that must not be read. */
export const tellMissingObjects = (bucket: IBucket): PolicyStatement =>
  new PolicyStatement({ sid: 'TellMissingObjects', actions: ['s3:ListBucket'], resources: [bucket.bucketArn] });
