import type { Activity } from '@aws-sdk/client-auto-scaling';
import type {
  Boot,
  LaunchReader,
  LaunchShortage,
  LaunchSpan,
  RecentLaunches,
  ShortageKind,
} from '../../loop/launches.ts';
import type { GroupId } from '../../loop/ports.ts';
import type { ScalingCalls } from './scaling-calls.ts';

/** Three hundred activities say enough, however many a group had. */
const MOST_PAGES = 3;

/** No launch takes longer. */
const LONGEST_LAUNCH_MS = 4 * 3_600_000;

/** More boots than anybody remembers. */
const MOST_BOOTS = 100;

/** How the activity of a launch is described, whether it came to be or not. */
const LAUNCH = /^Launching a new EC2 instance/;

/**
 * By which words AWS says what it lacks. Codes where it names one, else the sentence of the code.
 * Source: Amazon EC2 Auto Scaling User Guide, "Troubleshoot Amazon EC2 Auto Scaling: EC2 instance launch failures".
 */
const LACKS: readonly (readonly [ShortageKind, RegExp])[] = [
  ['addresses', /InsufficientFreeAddressesInSubnet|free addresses in subnet/i],
  [
    'quota',
    /VcpuLimitExceeded|InstanceLimitExceeded|MaxSpotInstanceCountExceeded|vCPU (capacity|limit)|already reached/i,
  ],
  ['capacity', /InsufficientInstanceCapacity|InsufficientHostCapacity|UnfulfillableCapacity|sufficient .* capacity/i],
];

/**
 * How a group's launches went, from its scaling activities: an activity that launches begins with the launch and ends when
 * the instance is in service, lifecycle hooks and a default warm-up included. One call, three at most; throws
 * `AwsCallError`.
 */
export class AutoScalingLaunchReader implements LaunchReader {
  readonly #calls: Pick<ScalingCalls, 'activities'>;

  constructor(calls: Pick<ScalingCalls, 'activities'>) {
    this.#calls = calls;
  }

  async recent({ name }: GroupId, span: LaunchSpan): Promise<RecentLaunches> {
    const launches = (await this.#activities(name, span)).filter(({ Description }) => LAUNCH.test(Description ?? ''));
    const within = launches.filter(({ EndTime }) => isWithin(EndTime, span));
    const boots = within.flatMap(bootOf).sort((a, b) => a.endMs - b.endMs);
    const shortages = within.flatMap(shortageOf).sort((a, b) => a.atMs - b.atMs);
    return { boots: boots.slice(-MOST_BOOTS), shortage: shortages.at(-1) };
  }

  /** Back to where none can have ended within the span any more. */
  async #activities(name: string, { fromMs }: LaunchSpan): Promise<readonly Activity[]> {
    const all: Activity[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { items, next } = await this.#calls.activities(name, token);
      all.push(...items);
      const oldestMs = items.at(-1)?.StartTime?.getTime() ?? 0;
      if (next === undefined || oldestMs < fromMs - LONGEST_LAUNCH_MS) break;
      token = next;
    }
    return all;
  }
}

const isWithin = (end: Date | undefined, { fromMs, toMs }: LaunchSpan): boolean =>
  end !== undefined && end.getTime() > fromMs && end.getTime() <= toMs;

const bootOf = ({ StatusCode, StartTime, EndTime }: Activity): readonly Boot[] =>
  StatusCode === 'Successful' && StartTime !== undefined && EndTime !== undefined
    ? [{ startMs: StartTime.getTime(), endMs: EndTime.getTime() }]
    : [];

/** What AWS lacked; nothing for a launch that failed of something else, which its owner has to mend. */
function shortageOf({ StatusCode, StatusMessage = '', EndTime }: Activity): readonly LaunchShortage[] {
  if (StatusCode !== 'Failed' && StatusCode !== 'Cancelled') return [];
  const kind = LACKS.find(([, words]) => words.test(StatusMessage))?.[0];
  return kind === undefined || EndTime === undefined ? [] : [{ atMs: EndTime.getTime(), kind, said: StatusMessage }];
}
