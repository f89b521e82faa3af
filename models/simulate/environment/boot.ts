import { InvariantError } from '../../kernel/errors.ts';
import { drawNormal, STREAM } from './draw.ts';
import type { BootTime } from './scenario.ts';

/** Milliseconds that the n-th unit of a group takes to boot, counted over all its launches; whole and > 0. */
export interface Boot {
  /** The same for every unit: launches need not be told apart. */
  readonly isConstant: boolean;
  ofUnit(ordinal: number): number;
}

const wholeMs = (seconds: number): number => Math.max(1, Math.round(seconds * 1000));

/** Boot times as a scenario states them. Throws `InvariantError` for an empty list or a time that is no finite number ≥ 0. */
export function bootOf(
  boot: BootTime | undefined,
  { seed, defaultSeconds }: { readonly seed: number; readonly defaultSeconds: number },
): Boot {
  const { kind, ...numbers } = boot ?? { kind: 'constant', seconds: defaultSeconds };
  const odd = Object.values(numbers)
    .flat()
    .find((x) => !(Number.isFinite(x) && x >= 0));
  if (odd !== undefined) throw new InvariantError(`boot times need finite numbers ≥ 0, got ${odd}`);
  switch (boot?.kind) {
    case 'lognormal': {
      const { medianSeconds, sigma } = boot;
      return {
        isConstant: false,
        ofUnit: (ordinal) => wholeMs(medianSeconds * Math.exp(sigma * drawNormal(seed, STREAM.boot, ordinal))),
      };
    }
    case 'recorded': {
      const { seconds } = boot;
      if (seconds.length === 0) throw new InvariantError('recorded boot times need at least one');
      return { isConstant: false, ofUnit: (ordinal) => wholeMs(seconds[ordinal % seconds.length]!) };
    }
    default: {
      const ms = wholeMs(boot?.seconds ?? defaultSeconds);
      return { isConstant: true, ofUnit: () => ms };
    }
  }
}
