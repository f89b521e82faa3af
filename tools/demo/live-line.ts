import type { DayStep, Watcher } from './replay-day.ts';

/** One line on stderr. */
export const say = (text: string): void => {
  process.stderr.write(`demo: ${text}\n`);
};

const two = (n: number): string => String(n).padStart(2, '0');

/** Hours and minutes of the replayed day, from its midnight. */
const timeOf = (index: number): string => `${two(Math.floor(index / 12))}:${two((index % 12) * 5)}`;

const row = (step: DayStep, index: number): string => {
  const { load, need, floor, desired, ready, record } = step;
  const short = need > ready ? `SHORT ${need - ready}` : '';
  const rule = record.decision.decision?.rule ?? 'refused';
  return [
    timeOf(index),
    `${load} requests`.padStart(14),
    `need ${need}`.padStart(8),
    `floor ${floor}`.padStart(9),
    `desired ${desired}`.padStart(11),
    `ready ${ready}`.padStart(9),
    rule.padEnd(17),
    short,
  ].join('  ');
};

/** Prints a line for each step; throws once the demo has been stopped, so that the replay ends between two steps. */
export const liveLine =
  (signal: AbortSignal): Watcher =>
  (step, index) => {
    signal.throwIfAborted();
    process.stdout.write(`${row(step, index).trimEnd()}\n`);
  };
