import type { EpochMs } from '../models/kernel/series.ts';
import type { GroupId } from './group.ts';

/** From the launch of one instance until it was in service. */
export interface Boot {
  readonly startMs: number;
  readonly endMs: number;
}

/** Why AWS could not launch: it had none left, a quota was used up, or the subnets had no free address. */
export const SHORTAGES = ['capacity', 'quota', 'addresses'] as const;

export type ShortageKind = (typeof SHORTAGES)[number];

/** A launch that AWS tried and could not make for want of something. */
export interface LaunchShortage {
  readonly atMs: number;
  readonly kind: ShortageKind;
  /** What AWS said. */
  readonly said: string;
}

export interface LaunchSpan {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** What became of a group's launches that ended within a span. */
export interface RecentLaunches {
  /** The newest boots, oldest first. */
  readonly boots: readonly Boot[];
  /** The newest shortage; undefined where there was none. */
  readonly shortage: LaunchShortage | undefined;
}

/** Reads launches that ended in (fromMs, toMs]; a group that is gone had none. */
export interface LaunchReader {
  recent(group: GroupId, span: LaunchSpan): Promise<RecentLaunches>;
}
