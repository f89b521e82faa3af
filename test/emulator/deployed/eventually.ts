import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until there is an answer, or throws what was waited for. The patience is for a machine that is busy with other
 * work, not a claim about speed.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  patience: { readonly seconds: number; readonly everyMs?: number } = { seconds: 25 },
): Promise<T> {
  const deadline = performance.now() + patience.seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${patience.seconds} s for ${what}, in vain`);
    await sleep(patience.everyMs ?? 50);
  }
}
