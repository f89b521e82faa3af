import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlias } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { GROUP_METRIC, METRIC } from '../../lambdas/shared/config.ts';
import { type Alarms, loopMetric } from './alarms.ts';

export interface OverviewProps {
  readonly alarms: Alarms;
  readonly every: Duration;
  readonly functions: Readonly<Record<string, IAlias>>;
  readonly queues: Readonly<Record<string, IQueue>>;
  /** Runs over all workloads. */
  readonly learning: IStateMachine;
}

const HALF = 12;
const FULL = 24;

const graph = (title: string, left: readonly IMetric[], width = HALF): IWidget =>
  new GraphWidget({ title, width, height: 6, left: [...left], leftYAxis: { min: 0 } });

const runsOf = (learning: IStateMachine): IWidget =>
  graph('Runs of learn', [learning.metricStarted(), learning.metricSucceeded(), learning.metricFailed()]);

/** One page that answers: does the loop run, what does it decide, and what holds it up? */
export class Overview extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { alarms, every, functions, queues, learning }: OverviewProps) {
    super(scope, id);
    const sum = (name: string): IMetric => loopMetric(name, 'Sum', every);
    const fns = Object.values(functions);
    const waiting = Object.values(queues);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(1),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: FULL, height: 3, alarms: alarms.all })],
        [
          graph(
            'What came of each tick',
            [METRIC.acted, METRIC.recorded, METRIC.held, METRIC.refused, METRIC.retried, METRIC.failed].map(sum),
          ),
          graph('Alive, and how many groups', [sum(METRIC.heartbeat), loopMetric(METRIC.discovered, 'Maximum', every)]),
        ],
        [
          graph('Seconds behind the clock', [loopMetric(METRIC.lateness, 'Maximum', every)]),
          graph(
            'Messages waiting, oldest first (seconds)',
            waiting.map((q) => q.metricApproximateAgeOfOldestMessage()),
          ),
        ],
        [
          graph(
            'Duration (ms, p99)',
            fns.map((fn) => fn.metricDuration({ statistic: 'p99' })),
          ),
          graph('Errors and throttles', [
            ...fns.map((fn) => fn.metricErrors()),
            ...fns.map((fn) => fn.metricThrottles()),
            sum(METRIC.throttled),
          ]),
        ],
        [
          graph('Units needed now, and wanted as floors', [GROUP_METRIC.needNow, GROUP_METRIC.floorWanted].map(sum)),
          graph('Metrics asked of CloudWatch ($0.01 for 1,000)', [sum(GROUP_METRIC.metricsRequested)]),
        ],
        [graph('Blind groups and failures', [GROUP_METRIC.blind, GROUP_METRIC.failures].map(sum), FULL)],
        [graph('Fits outside the hot path', [METRIC.fitted, METRIC.fitDeclined].map(sum)), runsOf(learning)],
      ],
    });
  }
}
