import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notice, Notices } from '../../loop/ports.ts';
import { attempted } from '../aws/aws-call-error.ts';

/** SNS takes subjects below 100 characters, printable ASCII, on one line. */
const MOST_SUBJECT = 99;

/** SNS takes 256 KB in all. */
const MOST_TEXT = 200_000;

const subjectOf = ({ group, subject }: Notice): string =>
  `Prescale ${group.name}: ${subject}`.replace(/[^\x20-\x7e]+/g, ' ').slice(0, MOST_SUBJECT);

const textOf = ({ group, asOfMs, text }: Notice): string =>
  `${text}\n\ngroup ${group.arn}\ntick ${new Date(asOfMs).toISOString()}\n`.slice(0, MOST_TEXT);

/** Notices to whoever subscribed to the topic. */
export class SnsNotices implements Notices {
  readonly #client: SNSClient;
  readonly #topicArn: string;

  constructor(client: SNSClient, topicArn: string) {
    this.#client = client;
    this.#topicArn = topicArn;
  }

  async send(notice: Notice): Promise<void> {
    const input = { TopicArn: this.#topicArn, Subject: subjectOf(notice), Message: textOf(notice) };
    await attempted('Publish', () => this.#client.send(new PublishCommand(input)));
  }
}
