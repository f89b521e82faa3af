import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Clock, TickMessage } from '../../loop/ports.ts';
import type { Delivery, TickOutcome } from '../../loop/tick.ts';
import { instant, toSeconds } from '../../models/kernel/series.ts';
import type { RunClock } from '../shared/clock.ts';
import { METRIC } from '../shared/config.ts';
import type { RunContext } from '../shared/run-context.ts';
import type { MetricName, Voice } from '../shared/voice.ts';
import { parseTickMessage } from './message.ts';

export interface Wiring {
  /** One turn of the loop for a batch: `loop/tick.ts` over the ports that this world has. */
  readonly turn: (deliveries: readonly Delivery[], remainingMs: () => number) => Promise<readonly TickOutcome[]>;
  readonly voice: Voice;
  readonly clock: RunClock;
}

const failureOf = (record: SQSRecord): SQSBatchItemFailure => ({ itemIdentifier: record.messageId });
const keyOf = ({ group, asOfMs }: Pick<TickMessage, 'group' | 'asOfMs'>): string => `${group.arn} ${asOfMs}`;

/**
 * Takes one turn of the loop for a batch of messages. The answer names the messages to deliver again: those whose turn
 * failed, and those that nobody can read, which SQS sets aside after the last try. The others are done.
 */
export const makeConsumer =
  ({ turn, voice, clock }: Wiring) =>
  async (event: SQSEvent, context: RunContext): Promise<SQSBatchResponse> => {
    const { readable, malformed } = sort(event.Records, voice);
    const deliveries = readable.map(({ delivery }) => delivery);
    if (deliveries.length === 0) return { batchItemFailures: malformed.map(failureOf) };
    const newestMs = instant(Math.max(...deliveries.map(({ message }) => message.asOfMs)));
    clock.begin(newestMs, context.invokedFunctionArn);
    const outcomes = await turn(deliveries, () => context.getRemainingTimeInMillis());
    tell(outcomes, clock, voice);
    const again = toDeliverAgain(outcomes);
    const failed = readable.filter(({ delivery }) => again(delivery)).map(({ record }) => record);
    return { batchItemFailures: [...malformed, ...failed].map(failureOf) };
  };

interface Readable {
  readonly record: SQSRecord;
  readonly delivery: Delivery;
}

function sort(
  records: readonly SQSRecord[],
  voice: Voice,
): { readable: readonly Readable[]; malformed: readonly SQSRecord[] } {
  const readable: Readable[] = [];
  const malformed: SQSRecord[] = [];
  for (const record of records) {
    const message = parseTickMessage(record.body);
    if (message.ok) {
      // A message that comes again has the same id, so that it may take up the lease that it left.
      readable.push({ record, delivery: { holder: record.messageId, message: message.value } });
      continue;
    }
    malformed.push(record);
    voice.count(METRIC.malformed, 1);
    voice.warn('a message that no tick can read', { messageId: record.messageId, reason: message.refusal });
  }
  return { readable, malformed };
}

/** A delivery of which nothing was heard is delivered again: better twice than never. */
function toDeliverAgain(outcomes: readonly TickOutcome[]): (delivery: Delivery) => boolean {
  const heard = new Set(outcomes.map(keyOf));
  const retry = new Set(outcomes.filter((outcome) => outcome.retry).map(keyOf));
  return ({ message }) => retry.has(keyOf(message)) || !heard.has(keyOf(message));
}

const METRIC_OF: Readonly<Partial<Record<TickOutcome['status'], MetricName>>> = {
  acted: METRIC.acted,
  recorded: METRIC.recorded,
  held: METRIC.held,
  refused: METRIC.refused,
  ahead: METRIC.ahead,
  failed: METRIC.failed,
};

/** What ends a turn without having looked at the group: no sign of life, however often it happens. */
const LIFELESS: ReadonlySet<TickOutcome['status']> = new Set(['failed', 'leased', 'superseded', 'ahead']);

const levelOf = ({ status, retry }: TickOutcome): 'info' | 'warn' | 'error' => {
  if (status === 'ahead') return 'error';
  return retry ? 'warn' : 'info';
};

function tell(outcomes: readonly TickOutcome[], clock: Clock, voice: Voice): void {
  const nowMs = clock.wall();
  for (const ended of outcomes) {
    const { group, asOfMs, status, retry, reason } = ended;
    const metric = METRIC_OF[status];
    if (metric !== undefined) voice.count(metric, 1);
    if (retry) voice.count(METRIC.retried, 1);
    voice[levelOf(ended)]('turn', { group: group.name, asOfMs, status, retry, reason });
  }
  const oldestMs = Math.min(...outcomes.map(({ asOfMs }) => asOfMs));
  if (Number.isFinite(oldestMs)) voice.seconds(METRIC.lateness, toSeconds(nowMs - oldestMs));
  if (outcomes.some(({ status }) => !LIFELESS.has(status))) voice.count(METRIC.heartbeat, 1);
}
