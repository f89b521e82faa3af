/** Names that the functions and the stack that deploys them must agree on. Reads nothing. */

/** CloudWatch namespace of everything that Prescale says about itself. */
export const METRICS_NAMESPACE = 'Prescale';

/** Value of the dimension `service` on every metric below. */
export const METRICS_SERVICE = 'prescale';

/** How the event of a drift is known: `tick` puts it, and the rule that starts a run of `learn` matches both. */
export const DRIFT_EVENT = { source: 'prescale', detailType: 'Prescale forecast drift' } as const;

/** Metrics of a turn of the loop as a whole; one datum for each batch. */
export const METRIC = {
  /** 1 for each batch in which a turn reached its end, and for each discovery that found nothing to do. Missing means dead. */
  heartbeat: 'Heartbeat',
  /** Groups found with the tag, per discovery. */
  discovered: 'GroupsDiscovered',
  /** Wall clock minus the tick's own time when its batch ended, seconds, the worst of the batch. */
  lateness: 'TurnLatenessSeconds',
  /** Groups whose turn ended with an error; its message comes again. */
  failed: 'TicksFailed',
  /** Groups whose message comes again: their turn failed, or another one holds their lease. */
  retried: 'TicksRetried',
  /** Groups that ended their turn, by what came of it. */
  acted: 'TicksActed',
  recorded: 'TicksRecorded',
  held: 'TicksHeld',
  refused: 'TicksRefused',
  /** Events of a time that has not come: dropped, because they would supersede every true one. */
  ahead: 'EventsAhead',
  /** Failures by which AWS said that there were too many calls. */
  throttled: 'CallsThrottled',
  /** Messages that no tick can read. */
  malformed: 'MessagesMalformed',
  /** Workloads fitted, and workloads whose fit was declined. */
  fitted: 'WorkloadsFitted',
  fitDeclined: 'WorkloadsDeclined',
} as const;

/** Metrics of single groups that the loop's telemetry publishes, summed over the fleet by the dimension `service`. */
export const GROUP_METRIC = {
  needNow: 'NeedNow',
  floorWanted: 'FloorWanted',
  /** 1 for a group whose load could not be seen. */
  blind: 'Blind',
  /** 1 for a group whose change the fleet breaker held back. */
  braked: 'Braked',
  failures: 'Failures',
  /** What CloudWatch was asked for, and bills: $0.01 for a thousand. */
  metricsRequested: 'MetricsRequested',
} as const;
