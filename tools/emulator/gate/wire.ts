import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** The AWS services that the gate stands in front of, by their name in a signature's scope. */
export type GatedService = 'autoscaling' | 'ec2' | 'monitoring';

/** One AWS call as it came over the wire; body inflated, header names in lower case. */
export interface WireRequest {
  readonly service: GatedService;
  readonly region: string;
  /** The operation's name, for example UpdateAutoScalingGroup; empty when the protocol hides it (CBOR). */
  readonly action: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What goes back over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

const SCOPE = /Credential=[^/,\s]+\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

const gatedService = (name: string | undefined): GatedService | null =>
  name === 'autoscaling' || name === 'ec2' || name === 'monitoring' ? name : null;

const actionOf = (headers: Readonly<Record<string, string>>, body: Buffer): string => {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.indexOf('.') + 1);
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return form ? (new URLSearchParams(body.toString('utf8')).get('Action') ?? '') : '';
};

const plainHeaders = (incoming: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
};

/** Reads a whole body. Throws when the peer breaks off. */
export const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

/**
 * Understands a signed AWS call by the scope of its signature; the signature itself is not checked. Null when the call is
 * unsigned or for a service that does not live behind the gate. The SDK gzips large PutMetricData bodies: they come out inflated.
 */
export const readCall = async (incoming: IncomingMessage): Promise<WireRequest | null> => {
  const headers = plainHeaders(incoming);
  const raw = await readBody(incoming);
  const [, region, name] = SCOPE.exec(headers['authorization'] ?? '') ?? [];
  const service = gatedService(name);
  if (service === null || region === undefined) return null;
  const zipped = headers['content-encoding'] === 'gzip';
  const body = zipped ? gunzipSync(raw) : raw;
  delete headers['content-encoding'];
  const method = incoming.method ?? 'POST';
  return { service, region, action: actionOf(headers, body), method, path: incoming.url ?? '/', headers, body };
};

/** Writes an answer and ends the response. */
export const sendAnswer = (response: ServerResponse, answer: WireAnswer): void => {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
};

/** A JSON answer of the gate's own control endpoints. */
export const jsonAnswer = (status: number, value: unknown): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
