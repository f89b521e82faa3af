export const STEP_SECONDS = 300;
export const STEP_MS = STEP_SECONDS * 1000;
export const DAY_START_MS = Date.UTC(2026, 2, 10, 4);

/** Park and Miller's generator: a day that looks measured and is the same at every call. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
}

/** The load that a site's working day has: quiet night, morning rise, two peaks, and a burst in the evening. */
export function expectedLoad(step: number): number {
  const hour = ((step * STEP_SECONDS) / 3600) % 24;
  const bump = (at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2));
  return 400 + 1500 * bump(10, 3) + 1250 * bump(15, 3.2) + 600 * bump(20.5, 1.4);
}

/** Loads of `steps` steps before the day and of as many on it. */
export function loadsOf(steps: number): Float64Array {
  const next = noise(4242);
  return Float64Array.from({ length: 2 * steps }, (_, i) => {
    const burst = i >= steps + Math.round(steps * 0.7) && i < steps + Math.round(steps * 0.7) + 5 ? 1.45 : 1;
    return Math.round(expectedLoad(i % steps) * burst * (1 + 0.16 * next()));
  });
}
