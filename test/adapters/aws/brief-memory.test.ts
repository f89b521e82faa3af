import { describe, expect, it } from '@jest/globals';
import { BriefMemory } from '../../../adapters/aws/brief-memory.ts';

const counted = () => {
  let [nowMs, calls] = [0, 0];
  const memory = new BriefMemory<number>(1000, () => nowMs);
  return {
    ask: (key = 'a') => memory.ask(key, async () => ++calls),
    fail: () => memory.ask('a', () => Promise.reject(new Error('no'))),
    memory,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
};

describe('BriefMemory', () => {
  it('asks once for all who ask at once, and within its life', async () => {
    const { ask, wait } = counted();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    wait(999);
    expect(await ask()).toBe(1);
  });

  it('asks again when its life is over, and for another key', async () => {
    const { ask, wait } = counted();
    await ask();
    wait(1000);
    expect([await ask(), await ask('b')]).toEqual([2, 3]);
  });

  it('forgets failures at once', async () => {
    const { ask, fail } = counted();
    await expect(fail()).rejects.toThrow('no');
    expect(await ask()).toBe(1);
  });

  it('forgets what it is told to', async () => {
    const { ask, memory } = counted();
    await ask();
    memory.forget('a');
    expect(await ask()).toBe(2);
  });
});
