import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Table } from '../record/table.ts';
import { clientSettings } from './clients.ts';

/** The state table alone, with a client of its own, for functions that need no other port over it. Makes no call. */
export const openTable = (name: string): Table => new Table(new DynamoDBClient(clientSettings()), name);
