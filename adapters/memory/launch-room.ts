import type { Headroom, HeadroomLimit } from '../../loop/headroom.ts';
import type { LaunchShortage, LaunchSpan, RecentLaunches, ShortageKind } from '../../loop/launches.ts';
import { units } from '../../models/kernel/units.ts';
import type { Boot } from './instances.ts';

/** As many boots as Auto Scaling tells on one page. */
const MOST_TOLD = 100;

const SCARCE: Readonly<Record<HeadroomLimit['of'], { readonly kind: ShortageKind; readonly words: string }>> = {
  'vcpu-quota': { kind: 'quota', words: 'vCPU quota' },
  'subnet-addresses': { kind: 'addresses', words: 'free addresses of the subnets' },
};

/** What an account has only so much of, and what could not be launched for want of it. One for each group. */
export class LaunchRoom {
  scarce: HeadroomLimit['of'] = 'vcpu-quota';
  #shortage: LaunchShortage | undefined;

  /** So many instances were to be launched and could not be. */
  lacked(instances: number, atMs: number): void {
    const { kind, words } = SCARCE[this.scarce];
    this.#shortage = { atMs, kind, said: `${instances} instances do not fit the ${words}` };
  }

  /** What so many more instances come to; an infinite number is no limit. */
  headroom(instances: number, weight: number): Headroom {
    if (!Number.isFinite(instances)) return { limits: [], unknown: [] };
    const said = `${instances} more instances fit the ${SCARCE[this.scarce].words}`;
    return { limits: [{ of: this.scarce, units: units(instances * weight), said }], unknown: [] };
  }

  /** Of these boots those that ended within a span, and the newest shortage where it was then. */
  launches(known: readonly Boot[], { fromMs, toMs }: LaunchSpan): RecentLaunches {
    const ended = known.filter(({ readyMs }) => readyMs > fromMs && readyMs <= toMs);
    const boots = ended.flatMap(({ launchedMs: startMs, readyMs: endMs, count }) =>
      Array.from({ length: Math.min(count, MOST_TOLD) }, () => ({ startMs, endMs })),
    );
    const shortage = this.#shortage;
    const within = shortage !== undefined && shortage.atMs > fromMs && shortage.atMs <= toMs;
    return { boots: boots.slice(-MOST_TOLD), shortage: within ? shortage : undefined };
  }
}
