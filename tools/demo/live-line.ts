import { isoOf } from '../../cli/moment.ts';
import { endOf } from '../../models/kernel/series.ts';
import type { DemoDay } from './day.ts';
import type { DayStep, Watcher } from './replay-day.ts';

/** One line on stderr. */
export const say = (text: string): void => {
  process.stderr.write(`demo: ${text}\n`);
};

/** What a reader must know before the first line: which day this is, and that its times are not the recorded ones. */
export function headOf({ series, from, recorded }: DemoDay, perInstance: number): readonly string[] {
  const starts = isoOf(series.startMs + from * series.stepMs);
  return [
    `the requests that NASA's web server got on ${recorded}, after thirteen days of history`,
    `that day of 1995 has been moved in time: it begins now, at ${starts}, and ends at ${isoOf(endOf(series))}`,
    `each line below is one tick, with its own time (UTC) in the moved day; one instance carries ${perInstance.toFixed(1)} requests in five minutes`,
  ];
}

/** One tick on one line, by its own time: the time that `prescale explain --at` takes. */
export const lineOf = (step: DayStep): string => {
  const { load, need, floor, desired, ready, record } = step;
  const short = need > ready ? `SHORT ${need - ready}` : '';
  const rule = record.decision.decision?.rule ?? 'refused';
  const cells = [
    isoOf(record.decision.asOfMs),
    `${load} requests`.padStart(14),
    `need ${need}`.padStart(8),
    `floor ${floor}`.padStart(9),
    `desired ${desired}`.padStart(11),
    `ready ${ready}`.padStart(9),
    rule.padEnd(17),
    short,
  ];
  return cells.join('  ').trimEnd();
};

/** Prints a line for each step; throws once the demo has been stopped, so that the replay ends between two steps. */
export const liveLine =
  (signal: AbortSignal): Watcher =>
  (step) => {
    signal.throwIfAborted();
    process.stdout.write(`${lineOf(step)}\n`);
  };
