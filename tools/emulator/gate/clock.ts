/** The gate's own time: the machine's clock until it is set, then exactly what it was set to. */
export interface GateClock {
  nowMs(): number;
  /** Stops the clock at an instant (epoch ms); null hands it back to the machine. */
  set(nowMs: number | null): void;
  /** True while the clock is stopped at a given instant. */
  isSet(): boolean;
}

/** A clock over a source of real time, by default the machine's. */
export const gateClock = (realNowMs: () => number = Date.now): GateClock => {
  let fixedMs: number | null = null;
  return {
    nowMs: () => fixedMs ?? realNowMs(),
    set: (nowMs) => {
      fixedMs = nowMs;
    },
    isSet: () => fixedMs !== null,
  };
};
