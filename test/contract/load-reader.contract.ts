import { describe, expect, it } from '@jest/globals';
import type { LoadQuery } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import type { Account, OpenAccount } from './account.ts';
import { metricNamed, pairsOf, samplesOf } from './samples.ts';

const STEP = 300_000;
const HOUR = 3_600_000;

/** Metrics of many groups in few calls. */
export function loadReaderContract(open: OpenAccount): void {
  describe('load reader', () => {
    /** A metric with the values 0, 1, … 11 in the last full hour but one. */
    const published = async (account: Account) => {
      const startMs = Math.floor(account.nowMs() / HOUR) * HOUR - 2 * HOUR;
      const metric = metricNamed(account.freshName());
      const stamps = Array.from({ length: 12 }, (_, k) => startMs + k * STEP);
      await account.publish(metric, samplesOf(stamps.map((stamp, k) => [stamp, k])));
      return { startMs, metric };
    };

    const query = (id: string, metric: LoadQuery['metric'], fromMs: number, toMs: number): LoadQuery => ({
      id,
      metric,
      fromMs: instant(fromMs),
      toMs: instant(toMs),
    });

    const valuesOf = async (account: Account, queries: readonly LoadQuery[]) => {
      const answers = await account.ports.loads.read(queries);
      return queries.map(({ id }) => {
        const answer = answers.get(id);
        return answer?.ok ? pairsOf(answer.value).map(([, value]) => value) : answer?.refusal.kind;
      });
    };

    it('gives the periods that start within the range, ascending, by the start of each', async () => {
      const account = open();
      const { startMs, metric } = await published(account);
      const asked = query('a', metric, startMs + STEP, startMs + 4 * STEP);
      const answer = (await account.ports.loads.read([asked])).get('a');
      expect(answer?.ok && pairsOf(answer.value)).toEqual([1, 2, 3].map((k) => [startMs + k * STEP, k]));
    });

    it('answers every query by its own id and window, also where windows differ', async () => {
      const account = open();
      const [one, two] = [await published(account), await published(account)];
      const arn = 'arn:aws:autoscaling:us-east-1:1:autoScalingGroup:1:autoScalingGroupName/a#0';
      const queries = [
        query(arn, one.metric, one.startMs, one.startMs + 2 * STEP),
        query('b', two.metric, two.startMs + 10 * STEP, two.startMs + HOUR),
        query('c', one.metric, one.startMs + 5 * STEP, one.startMs + 6 * STEP),
      ];
      expect(await valuesOf(account, queries)).toEqual([[0, 1], [10, 11], [5]]);
    });

    it.each([
      { case: 'Sum', statistic: 'Sum' as const, values: [15, 51] },
      { case: 'Average', statistic: 'Average' as const, values: [2.5, 8.5] },
      { case: 'Maximum', statistic: 'Maximum' as const, values: [5, 11] },
      { case: 'SampleCount', statistic: 'SampleCount' as const, values: [6, 6] },
    ])('aggregates to a longer period by $case', async ({ statistic, values }) => {
      const account = open();
      const { startMs, metric } = await published(account);
      const coarse = { ...metric, statistic, periodSeconds: 1800 };
      expect(await valuesOf(account, [query('a', coarse, startMs, startMs + HOUR)])).toEqual([values]);
    });

    it('gives no samples of a metric that nobody published', async () => {
      const account = open();
      const now = account.nowMs();
      expect(await valuesOf(account, [query('a', metricNamed(account.freshName()), now - HOUR, now)])).toEqual([[]]);
    });

    it('tells two values of a dimension apart', async () => {
      const account = open();
      const { startMs, metric } = await published(account);
      const other = { ...metric, dimensions: { ...metric.dimensions, Site: 'two' } };
      expect(await valuesOf(account, [query('a', other, startMs, startMs + HOUR)])).toEqual([[]]);
    });

    it('answers an empty window with no samples', async () => {
      const account = open();
      const { startMs, metric } = await published(account);
      expect(await valuesOf(account, [query('a', metric, startMs, startMs)])).toEqual([[]]);
    });

    it('answers nothing when nothing is asked', async () => {
      expect((await open().ports.loads.read([])).size).toBe(0);
    });
  });
}
