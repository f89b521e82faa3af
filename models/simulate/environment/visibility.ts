import type { Replay } from '../scaling-problem.ts';
import { draw, STREAM, type Stream } from './draw.ts';
import type { MetricFaults } from './scenario.ts';

/** How the samples of one metric come; one value for each step of the replay. No decision changes it. */
export interface Visibility {
  /** First step at whose beginning the sample is there; a step that never comes for a missing one. */
  readonly seenAt: Int32Array;
  /** Share of the load that it holds in that first step, 1 for nearly all; the whole from the next step on. */
  readonly firstShare: Float32Array;
  /** 1 where it is delivered twice. */
  readonly isDouble: Uint8Array;
}

const MISSING = 2 ** 31 - 1;

/** Draws the faults of every sample. O(steps). */
export function visibilityOf(faults: MetricFaults, { load, lagSteps }: Replay, seed: number): Visibility {
  const { lateShare = 0, lateSteps = 3, missingShare = 0, partialShare = 0, duplicatedShare = 0 } = faults;
  const happens = (stream: Stream, i: number, share: number): boolean => share > 0 && draw(seed, stream, { i }) < share;
  const seenAt = new Int32Array(load.length);
  const firstShare = new Float32Array(load.length).fill(1);
  const isDouble = new Uint8Array(load.length);
  for (let i = 0; i < load.length; i++) {
    const isLate = happens(STREAM.late, i, lateShare);
    const lateBy = isLate ? 1 + Math.floor(draw(seed, STREAM.lateBy, { i }) * lateSteps) : 0;
    seenAt[i] = happens(STREAM.missing, i, missingShare) ? MISSING : i + lagSteps + lateBy;
    if (happens(STREAM.partial, i, partialShare)) firstShare[i] = draw(seed, STREAM.partialShare, { i });
    isDouble[i] = Number(happens(STREAM.duplicated, i, duplicatedShare));
  }
  return { seenAt, firstShare, isDouble };
}
