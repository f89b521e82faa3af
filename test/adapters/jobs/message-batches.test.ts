import { describe, expect, it } from '@jest/globals';
import { type SendBatch, sendAll } from '../../../adapters/jobs/message-batches.ts';

const bodies = (count: number) => Array.from({ length: count }, (_, i) => `m${i}`);

describe('sendAll', () => {
  it('sends ten to a call, all of them, once', async () => {
    const calls: string[][] = [];
    const send: SendBatch = async (entries) => {
      calls.push(entries.map(({ MessageBody }) => MessageBody ?? ''));
      return {};
    };
    await sendAll(bodies(104), send);
    expect(calls.map((call) => call.length).sort((a, b) => b - a)).toEqual([...Array(10).fill(10), 4]);
    expect(calls.flat().sort()).toEqual(bodies(104).sort());
  });

  it('sends again what was not taken, and only that', async () => {
    const calls: string[][] = [];
    const send: SendBatch = async (entries) => {
      calls.push(entries.map(({ MessageBody }) => MessageBody ?? ''));
      const refused = calls.length === 1 ? entries.slice(1, 3) : [];
      return { Failed: refused.map(({ Id }) => ({ Id, Code: 'InternalError' })) };
    };
    await sendAll(bodies(4), send);
    expect(calls).toEqual([
      ['m0', 'm1', 'm2', 'm3'],
      ['m1', 'm2'],
    ]);
  });

  it('throws after the third try, and says how many were not taken and why', async () => {
    let calls = 0;
    const send: SendBatch = async () => {
      calls += 1;
      return { Failed: [{ Id: '0', Code: 'KmsThrottled' }] };
    };
    const failing = sendAll(bodies(2), send);
    await expect(failing).rejects.toMatchObject({
      retryable: true,
      message: expect.stringMatching(/1 of 2.*KmsThrottled/),
    });
    expect(calls).toBe(3);
  });
});
