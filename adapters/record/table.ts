import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { accept, type Result, refuse } from '../../models/kernel/result.ts';
import { attempted } from '../aws/aws-call-error.ts';
import type { Key } from './keys.ts';

export type Item = Readonly<Record<string, AttributeValue>>;
export type Values = Readonly<Record<string, AttributeValue>>;

export const textValue = (text: string): AttributeValue => ({ S: text });
export const numberValue = (n: number): AttributeValue => ({ N: String(n) });

/** The string attribute of that name; undefined when it is absent. */
export const textOf = (item: Item | undefined, name: string): string | undefined => item?.[name]?.S;

/** The number attribute of that name; undefined when it is absent. */
export function numberOf(item: Item | undefined, name: string): number | undefined {
  const text = item?.[name]?.N;
  return text === undefined ? undefined : Number(text);
}

export interface Change {
  /** Update expression; every attribute is named `#attribute` and every value `:value`. */
  readonly expression: string;
  readonly condition?: string;
  readonly values: Values;
  /** Which item is returned: as it is after the change, which is meant where nothing is said, or as it was before. */
  readonly returns?: 'ALL_NEW' | 'ALL_OLD';
}

const keyOf = ({ pk, sk }: Key): Record<string, AttributeValue> => ({ pk: textValue(pk), sk: textValue(sk) });

/** Placeholders for every name used, because half of the plain words are reserved in DynamoDB. */
const namesIn = (...expressions: readonly (string | undefined)[]): Record<string, string> =>
  Object.fromEntries(
    expressions.flatMap((text) => [...(text ?? '').matchAll(/#(\w+)/g)]).map(([all, name]) => [all, name ?? '']),
  );

/** The state table, one item at a time. Failures throw `AwsCallError`; a condition that does not hold is an answer. */
export class Table {
  readonly #client: DynamoDBClient;
  readonly #name: string;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Strongly consistent: what was written before is seen. */
  async get(key: Key): Promise<Item | undefined> {
    const input = { TableName: this.#name, Key: keyOf(key), ConsistentRead: true };
    return (await attempted('GetItem', () => this.#client.send(new GetItemCommand(input)))).Item;
  }

  /** Writes an item that must not be there yet; false when it is. */
  async putNew(key: Key, values: Values): Promise<boolean> {
    const input = {
      TableName: this.#name,
      Item: { ...keyOf(key), ...values },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    const done = await this.#conditional('PutItem', () => this.#client.send(new PutItemCommand(input)));
    return done.ok;
  }

  /** The item, empty where there was none, or refused with the item whose state did not meet the condition. */
  async update(
    key: Key,
    { expression, condition, values, returns = 'ALL_NEW' }: Change,
  ): Promise<Result<Item, Item | undefined>> {
    const input = {
      TableName: this.#name,
      Key: keyOf(key),
      UpdateExpression: expression,
      ...(condition === undefined ? {} : { ConditionExpression: condition }),
      ...named(namesIn(expression, condition)),
      ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: { ...values } }),
      ReturnValues: returns,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    const done = await this.#conditional('UpdateItem', () => this.#client.send(new UpdateItemCommand(input)));
    return done.ok ? accept(done.value.Attributes ?? {}) : done;
  }

  async delete(key: Key): Promise<void> {
    const input = { TableName: this.#name, Key: keyOf(key) };
    await attempted('DeleteItem', () => this.#client.send(new DeleteItemCommand(input)));
  }

  /** Deletes an item unless it has that attribute; false when it has. */
  async deleteWithout(key: Key, attribute: string): Promise<boolean> {
    const condition = `attribute_not_exists(#${attribute})`;
    const input = {
      TableName: this.#name,
      Key: keyOf(key),
      ConditionExpression: condition,
      ...named(namesIn(condition)),
    };
    return (await this.#conditional('DeleteItem', () => this.#client.send(new DeleteItemCommand(input)))).ok;
  }

  /**
   * Items of a partition, ascending; with `between`, those whose sort key lies within, both ends included. Pages are of
   * `pageItems` where few are expected to be looked at, else as long as DynamoDB makes them.
   */
  async *query(
    pk: string,
    between?: { readonly from: string; readonly to: string; readonly pageItems?: number },
  ): AsyncIterable<Item> {
    const where = between === undefined ? '#pk = :pk' : '#pk = :pk AND #sk BETWEEN :from AND :to';
    const range = between === undefined ? {} : { ':from': textValue(between.from), ':to': textValue(between.to) };
    let after: Record<string, AttributeValue> | undefined;
    do {
      const input = {
        TableName: this.#name,
        KeyConditionExpression: where,
        ...named(namesIn(where)),
        ExpressionAttributeValues: { ':pk': textValue(pk), ...range },
        ConsistentRead: true,
        ...(between?.pageItems === undefined ? {} : { Limit: between.pageItems }),
        ...(after === undefined ? {} : { ExclusiveStartKey: after }),
      };
      const page = await attempted('Query', () => this.#client.send(new QueryCommand(input)));
      yield* page.Items ?? [];
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
  }

  async #conditional<T>(call: string, work: () => Promise<T>): Promise<Result<T, Item | undefined>> {
    try {
      return accept(await work());
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return refuse(error.Item);
      return attempted(call, () => Promise.reject(error));
    }
  }
}

const named = (names: Record<string, string>) =>
  Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names };
