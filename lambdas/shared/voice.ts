import type { METRIC } from './config.ts';

export type MetricName = (typeof METRIC)[keyof typeof METRIC];

/** Facts of a log line. */
export type Facts = Readonly<Record<string, unknown>>;

/** How a function says what it does; in Lambda, Powertools. */
export interface Voice {
  info(message: string, facts: Facts): void;
  warn(message: string, facts: Facts): void;
  error(message: string, facts: Facts): void;
  /** Adds to a count that is published when the batch ends. */
  count(name: MetricName, value: number): void;
  /** Publishes seconds when the batch ends. */
  seconds(name: MetricName, value: number): void;
}
