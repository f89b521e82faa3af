import { type DecisionEntry, LEDGER_LEVELS, type OutcomeEntry } from '../../loop/ledger.ts';
import type { Clock, GroupId, Telemetry } from '../../loop/ports.ts';

const NAMESPACE = 'Prescale';
const SERVICE = 'prescale';

type Unit = 'Count' | 'Seconds' | 'None';

interface Metric {
  readonly name: string;
  readonly unit: Unit;
  /** Null: not known, and then not published. */
  readonly value: number | null;
}

export interface EmfTelemetry extends Telemetry {
  /** Metrics that GetMetricData was asked for, which is what CloudWatch bills: $0.01 for a thousand. */
  metricsRequested(count: number, atMs: number): void;
}

export interface TelemetryOptions {
  /** When a failure was; a tick brings its own time. */
  readonly clock: Clock;
  /**
   * Publishes each metric for each group too, at CloudWatch's price for ten metrics a group.
   * @default false: the log lines name the group, the metrics are the fleet's
   */
  readonly perGroup?: boolean;
}

/**
 * CloudWatch's embedded metric format: one JSON object for each line of the log, from which CloudWatch extracts metrics
 * without a call of ours. Each metric goes, by the dimension `service`, to the
 * fleet, and where asked to the group; the line names the group in any case. A value that is not
 * known is left out. `write` gets one line without its end.
 * Source: docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function emfTelemetry(write: (line: string) => void, options: TelemetryOptions): EmfTelemetry {
  const say = (atMs: number, metrics: readonly Metric[], context: Context): void => {
    const known = metrics.filter(({ value }) => value !== null && Number.isFinite(value));
    if (known.length > 0) write(JSON.stringify(lineOf(atMs, known, { context, perGroup: options.perGroup === true })));
  };
  return {
    tick(entry, outcome) {
      const context = { Group: entry.group.name, groupArn: entry.group.arn, asOfMs: entry.asOfMs };
      say(entry.asOfMs, metricsOf(entry, outcome), context);
    },
    failure(group: GroupId, code: string) {
      const context = { Group: group.name, groupArn: group.arn, code };
      say(options.clock.wall(), [{ name: 'Failures', unit: 'Count', value: 1 }], context);
    },
    metricsRequested(count, atMs) {
      say(atMs, [{ name: 'MetricsRequested', unit: 'Count', value: count }], {});
    },
  };
}

/** Members of the line beside the metrics; `Group` is a dimension, the others are for people who search the log. */
type Context = Readonly<Record<string, string | number>> & { readonly Group?: string };

const MS_PER_SECOND = 1000;

const flag = (condition: boolean): number => (condition ? 1 : 0);

function metricsOf(entry: DecisionEntry, { status }: OutcomeEntry): readonly Metric[] {
  const { decision, forecast, needNow } = entry;
  const known = forecast.kind === 'forecast' ? forecast : undefined;
  const median = known?.quantiles[LEDGER_LEVELS.indexOf(0.5)] ?? null;
  return [
    { name: 'FloorWanted', unit: 'Count', value: decision?.target ?? null },
    { name: 'NeedNow', unit: 'Count', value: needNow },
    { name: 'ForecastPeak', unit: 'None', value: median },
    { name: 'ForecastLevel', unit: 'None', value: known?.loadAtLevel ?? null },
    { name: 'Held', unit: 'Count', value: flag(status === 'held') },
    { name: 'Acted', unit: 'Count', value: flag(status === 'acted') },
    { name: 'Refused', unit: 'Count', value: flag(status === 'refused') },
    { name: 'Blind', unit: 'Count', value: flag(entry.blind !== undefined) },
    { name: 'Braked', unit: 'Count', value: flag(decision?.rule === 'fleet-breaker') },
    { name: 'LatenessSeconds', unit: 'Seconds', value: (entry.wallMs - entry.asOfMs) / MS_PER_SECOND },
  ];
}

function lineOf(
  atMs: number,
  metrics: readonly Metric[],
  { context, perGroup }: { readonly context: Context; readonly perGroup: boolean },
): unknown {
  const Dimensions = perGroup && context.Group !== undefined ? [['service', 'Group'], ['service']] : [['service']];
  const directive = {
    Namespace: NAMESPACE,
    Dimensions,
    Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
  };
  return {
    _aws: { Timestamp: Math.floor(atMs), CloudWatchMetrics: [directive] },
    service: SERVICE,
    ...context,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  };
}
