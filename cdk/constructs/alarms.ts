import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { GROUP_METRIC, METRIC, METRICS_NAMESPACE, METRICS_SERVICE } from '../../lambdas/shared/config.ts';

/** A metric that the functions publish about the loop as a whole. */
export const loopMetric = (name: string, statistic: string, period: Duration): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: METRICS_SERVICE },
    statistic,
    period,
  });

export interface AlarmsProps {
  readonly topic: ITopic;
  /** Time between two turns of the loop. */
  readonly every: Duration;
  /** Whether the loop runs by itself; without a schedule, silence is no alarm to wake anybody for. */
  readonly scheduled: boolean;
  readonly functions: Readonly<Record<string, IAlias>>;
  readonly deadLetters: Readonly<Record<string, IQueue>>;
  readonly ticks: IQueue;
  /** Runs over all workloads. */
  readonly learning: IStateMachine;
}

interface Watch {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods: number;
  readonly says: string;
}

/** One turn without fresh load is weather. */
const BLIND_PERIODS = 3;

/** So is one that failed and comes again. */
const FAILED_PERIODS = 3;

/** What wakes a person: failures, lateness, throttling, and silence. */
export class Alarms extends Construct {
  readonly heartbeat: Alarm;
  /** Alarms that should stop and undo a deployment of `tick`: functions that end with an error, messages given up, groups whose turn fails. */
  readonly againstDeployment: readonly Alarm[];
  readonly all: Alarm[] = [];
  readonly #action: SnsAction;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#action = new SnsAction(props.topic);
    this.heartbeat = this.#watchHeartbeat(props);
    const errors = Object.entries(props.functions).map(([name, fn]) => this.#watchErrors(name, fn));
    for (const [name, fn] of Object.entries(props.functions)) this.#watchThrottles(name, fn);
    const letters = Object.entries(props.deadLetters).map(([name, queue]) => this.#watchDeadLetters(name, queue));
    this.#watchTheLoop(props);
    this.#watchLearning(props);
    this.againstDeployment = [...errors, ...letters, this.#watchFailures(props.every)];
  }

  /**
   * A group's failure is caught, so that its neighbours go on: the function itself ends well, and its errors stay at 0. A
   * deployment stops at the first; a person is told when it does not pass.
   */
  #watchFailures(every: Duration): Alarm {
    const failed = loopMetric(METRIC.failed, 'Sum', every);
    this.#raise('TurnsFail', {
      metric: failed,
      threshold: 1,
      periods: FAILED_PERIODS,
      says: 'The turn of a group has failed several times. Its floor is held until its switch takes it home; the log says why.',
    });
    return this.#alarm('TurnFails', {
      metric: failed,
      threshold: 1,
      periods: 1,
      says: 'The turn of a group has failed. Undoes a deployment of tick; nobody is told, because the message comes again.',
    });
  }

  #watchHeartbeat({ every, scheduled }: AlarmsProps): Alarm {
    const alarm = new Alarm(this, 'Heartbeat', {
      metric: loopMetric(METRIC.heartbeat, 'Sum', every),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
      actionsEnabled: scheduled,
      alarmDescription:
        'No turn of the loop has ended for three periods. Floors stay where they are until the armed scheduled actions take the groups home.',
    });
    return this.#tell(alarm);
  }

  #watchErrors(name: string, fn: IAlias): Alarm {
    return this.#raise(`${name}Errors`, {
      metric: fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      periods: 1,
      says: `${name} ended with an error. Its log has one line with the error and its code.`,
    });
  }

  #watchThrottles(name: string, fn: IAlias): void {
    this.#raise(`${name}Throttles`, {
      metric: fn.metricThrottles({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      periods: 2,
      says: `${name} was not given a place to run: the account's Lambda concurrency is used up.`,
    });
  }

  #watchDeadLetters(name: string, queue: IQueue): Alarm {
    return this.#raise(`${name}DeadLetters`, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      periods: 1,
      says: `${name} gave a message up after three tries. It is kept for two weeks; a tick that is moved back is recorded, never acted on.`,
    });
  }

  #watchTheLoop({ every, ticks }: AlarmsProps): void {
    this.#raise('Lateness', {
      metric: loopMetric(METRIC.lateness, 'Maximum', every),
      threshold: every.toSeconds(),
      periods: 2,
      says: 'Turns end later than the next one is due. After two periods a turn is recorded and not acted on.',
    });
    this.#raise('Backlog', {
      metric: ticks.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: every.toSeconds(),
      periods: 3,
      says: 'Ticks wait in the queue for longer than a turn of the loop.',
    });
    this.#raise('Blind', {
      metric: loopMetric(GROUP_METRIC.blind, 'Maximum', every),
      threshold: 1,
      periods: BLIND_PERIODS,
      says: 'The load of a group has not been seen for several turns. Its floor is held for a while and then goes home.',
    });
    this.#raise('FleetBreaker', {
      metric: loopMetric(GROUP_METRIC.braked, 'Sum', every),
      threshold: 1,
      periods: 1,
      says: 'More than a fifth of the groups wanted to change by much in one turn; the others hold until the next. A rush of the whole fleet, or a metric or policy gone wrong: look which.',
    });
    this.#raise('ApiThrottling', {
      metric: loopMetric(METRIC.throttled, 'Sum', Duration.minutes(5)),
      threshold: 1,
      periods: 3,
      says: 'AWS refused calls of the loop for a quarter of an hour because there were too many.',
    });
  }

  #watchLearning({ learning }: AlarmsProps): void {
    this.#raise('LearnRuns', {
      metric: learning.metricFailed({ period: Duration.hours(1), statistic: 'Sum' }),
      threshold: 1,
      periods: 1,
      says: 'A run of learn failed: more than a fifth of its workloads could not be fitted. Their models stay and grow old; after two days the reactive rule decides.',
    });
  }

  #raise(id: string, watch: Watch): Alarm {
    return this.#tell(this.#alarm(id, watch));
  }

  #alarm(id: string, watch: Watch): Alarm {
    return new Alarm(this, id, {
      metric: watch.metric,
      threshold: watch.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: watch.periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: watch.says,
    });
  }

  #tell(alarm: Alarm): Alarm {
    alarm.addAlarmAction(this.#action);
    this.all.push(alarm);
    return alarm;
  }
}
