import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ScalerError } from '../../models/kernel/errors.ts';

/** DynamoDB refuses items above 400 KB; keys and the other attributes need a little of it. */
const MOST_BYTES = 390_000;

/** A document that cannot be kept, or that was kept and cannot be read any more. */
export class DocumentError extends ScalerError {
  override readonly code = 'DOCUMENT';
  override readonly retryable = false;
}

/** A JSON document as an attribute. Throws `DocumentError` when it is too large for an item. */
export function documentValue(value: unknown, what: string): AttributeValue {
  const text = JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) {
    throw new DocumentError(`${what}: ${bytes} bytes of JSON, an item holds ${MOST_BYTES}`, { what, bytes });
  }
  return { S: text };
}

/** Reads a document's JSON. Throws `DocumentError` when it is none. */
export function parsedDocument(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DocumentError(`${what}: what is kept is not JSON`, { what }, { cause });
  }
}
