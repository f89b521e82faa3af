import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { attempted, awsCallError, failureOf } from '../aws/aws-call-error.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Speed before size: a tick's inputs shrink to a fifth either way. */
const LEVEL = { level: 1 };

const NOT_MODIFIED = 304;
const NOT_FOUND = 404;
const CONFLICT = 409;
const PRECONDITION_FAILED = 412;

export type Found =
  | { readonly kind: 'found'; readonly text: string; readonly etag: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'absent' };

/** Under which condition an object is written: always, only where none is, or only over the version last seen. */
export type Condition = { readonly ifAbsent: true } | { readonly ifEtag: string } | 'always';

export type Written = { readonly kind: 'written'; readonly etag: string } | { readonly kind: 'conflict' };

/** What the stores need of a bucket. */
export type Objects = Pick<Bucket, 'get' | 'put'>;

/** The state bucket: texts, compressed. Failures throw `AwsCallError`; a condition that does not hold is an answer. */
export class Bucket {
  readonly #client: S3Client;
  readonly #name: string;

  constructor(client: S3Client, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Reads an object; with the ETag of a version at hand, `unchanged` when it still stands. */
  async get(key: string, knownEtag?: string): Promise<Found> {
    const condition = knownEtag === undefined ? {} : { IfNoneMatch: knownEtag };
    try {
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#name, Key: key, ...condition }));
      const bytes = await answer.Body?.transformToByteArray();
      return { kind: 'found', text: await unpacked(bytes), etag: answer.ETag ?? '' };
    } catch (error) {
      const { status } = failureOf(error);
      if (status === NOT_MODIFIED) return { kind: 'unchanged' };
      if (status === NOT_FOUND) return { kind: 'absent' };
      throw awsCallError('GetObject', error);
    }
  }

  /** Keys that begin so, ascending, at most `most`. */
  async list(prefix: string, most: number): Promise<readonly string[]> {
    const input = { Bucket: this.#name, Prefix: prefix, MaxKeys: most };
    const { Contents = [] } = await attempted('ListObjectsV2', () =>
      this.#client.send(new ListObjectsV2Command(input)),
    );
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  async put(key: string, text: string, condition: Condition = 'always'): Promise<Written> {
    const Body = await zip(text, LEVEL);
    const input = { Bucket: this.#name, Key: key, Body, ContentType: 'application/gzip', ...headersOf(condition) };
    try {
      const { ETag } = await this.#client.send(new PutObjectCommand(input));
      return { kind: 'written', etag: ETag ?? '' };
    } catch (error) {
      const { status } = failureOf(error);
      // The version that was to be replaced may be gone altogether: that, too, is another one's doing.
      const lost = condition !== 'always' && [NOT_FOUND, CONFLICT, PRECONDITION_FAILED].includes(status);
      if (lost) return { kind: 'conflict' };
      throw awsCallError('PutObject', error);
    }
  }
}

/** First bytes of what is compressed. */
const GZIP = [0x1f, 0x8b] as const;

/**
 * What a person put there may be plain. What cannot be unpacked reads as an empty text, which no document is: each store says
 * what that means to it.
 */
async function unpacked(bytes: Uint8Array | undefined): Promise<string> {
  if (bytes === undefined) return '';
  if (GZIP.some((byte, i) => bytes[i] !== byte)) return Buffer.from(bytes).toString('utf8');
  try {
    return (await unzip(bytes)).toString('utf8');
  } catch {
    return '';
  }
}

function headersOf(condition: Condition): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === 'always') return {};
  return 'ifAbsent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.ifEtag };
}
