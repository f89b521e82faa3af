import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelManifest } from '../../../loop/manifest.ts';
import { DRIFT, type GroupId } from '../../../loop/ports.ts';
import { modelKeyOf } from '../../../loop/workload-terms.ts';
import { instant } from '../../../models/kernel/series.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { eventually } from './eventually.ts';
import { policyFor, THIRTEEN_DAYS } from './handed-groups.ts';

/** A list, a map and a fit; the fit takes two seconds on a machine that has nothing else to do. */
const PATIENCE = { seconds: 90, everyMs: 500 };

/** The state machine over real executions: what a run makes, and what it keeps in S3. */
export function learningTests(open: () => DeployedStack): void {
  describe('a run of learn', () => {
    let stack: DeployedStack;
    let listed: GroupId;
    let drifted: GroupId;

    const manifestOf = ({ name }: GroupId): Promise<ModelManifest> =>
      eventually(`the manifest of ${name}`, () => stack.ports.manifests.load(modelKeyOf(policyFor(name))), PATIENCE);

    beforeAll(async () => {
      stack = open();
      listed = await stack.groups.handOver('listed', { steps: THIRTEEN_DAYS });
      await stack.startLearning({ time: new Date().toISOString() });
    }, 60_000);
    afterAll(() => stack.groups.removeAll());

    it('finds the workloads by itself, fits each, and keeps a manifest beside its model', async () => {
      const manifest = await manifestOf(listed);
      const kept = await stack.ports.models.load(modelKeyOf(policyFor(listed.name)));
      expect(manifest).toMatchObject({
        asked: 'daily',
        work: 'fit',
        model: kept?.address,
        champion: { before: null, after: kept?.artefact.model },
        versions: { prescale: expect.stringMatching(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/), arima: expect.any(String) },
      });
      expect(JSON.parse((await stack.ports.archive.get(manifest.data.sha256)) ?? '{}').values).toHaveLength(
        manifest.data.steps,
      );
    }, 100_000);

    it('is started by the event of a drift, for that workload alone', async () => {
      drifted = await stack.groups.handOver('drifted', { steps: THIRTEEN_DAYS });
      const { name } = drifted;
      const asOfMs = instant(Date.now());
      await stack.ports.refits.request({ policyName: name, workload: name, groupName: name, asOfMs, reason: DRIFT });
      expect(await manifestOf(drifted)).toMatchObject({ asked: 'drift', asOfMs });
    }, 100_000);
  });
}
