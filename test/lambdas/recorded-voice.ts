import type { Facts, Voice } from '../../lambdas/shared/voice.ts';

export interface Said {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: Facts;
}

/** A voice that keeps what it was given. */
export function recordedVoice(): {
  readonly voice: Voice;
  readonly said: Said[];
  readonly counts: Map<string, number>;
} {
  const said: Said[] = [];
  const counts = new Map<string, number>();
  const voice: Voice = {
    info: (message, facts) => said.push({ level: 'info', message, facts }),
    warn: (message, facts) => said.push({ level: 'warn', message, facts }),
    error: (message, facts) => said.push({ level: 'error', message, facts }),
    count: (name, value) => counts.set(name, (counts.get(name) ?? 0) + value),
    seconds: (name, value) => counts.set(name, value),
  };
  return { voice, said, counts };
}
