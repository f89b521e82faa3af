import { request } from 'node:http';
import type { WireAnswer, WireRequest } from './wire.ts';
import { readBody } from './wire.ts';

/** Sends a call to the emulator behind the gate. */
export type Upstream = (call: WireRequest) => Promise<WireAnswer>;

// Lengths are counted anew and the two connections live apart; the rest passes as it came.
const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'expect']);

const endToEnd = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !HOP_BY_HOP.has(name)) kept[name] = value;
  }
  return kept;
};

/**
 * An upstream at `http://host:port`. One connection a call: local, and never a stale keep-alive socket.
 * Throws (the socket's error) when the emulator does not answer.
 */
export const upstreamAt = (origin: string): Upstream => {
  const { hostname, port } = new URL(origin);
  return (call) =>
    new Promise((resolve, reject) => {
      const headers = { ...endToEnd(call.headers), 'content-length': call.body.byteLength };
      const outgoing = request({ hostname, port, method: call.method, path: call.path, headers, agent: false });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        readBody(response).then(
          (body) => resolve({ status: response.statusCode ?? 502, headers: endToEnd(response.headers), body }),
          reject,
        );
      });
      outgoing.end(call.body);
    });
};
