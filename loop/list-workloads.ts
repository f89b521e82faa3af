import type { EpochMs } from '../models/kernel/series.ts';
import type { GroupReader, PolicyStore, RefitJob } from './ports.ts';

/** What is to be learned in one run, and the policies that nothing can be learned for. */
export interface WorkloadList {
  readonly jobs: readonly RefitJob[];
  readonly skipped: readonly { readonly policyName: string; readonly reason: string }[];
}

/** The reason of the fits of a whole run. */
export const DAILY = 'daily';

/**
 * One job for each policy that a tagged group follows: groups of one policy share its workload and its model, so the first by
 * name stands for all of them. Reads each policy once. Throws when the world fails.
 */
export async function listWorkloads(
  asOfMs: EpochMs,
  { groups, policies }: { readonly groups: GroupReader; readonly policies: PolicyStore },
): Promise<WorkloadList> {
  const groupOf = new Map<string, string>();
  for await (const { group, policyName } of groups.tagged()) {
    const known = groupOf.get(policyName);
    if (known === undefined || group.name < known) groupOf.set(policyName, group.name);
  }
  const jobs: RefitJob[] = [];
  const skipped: { policyName: string; reason: string }[] = [];
  for (const [policyName, groupName] of [...groupOf].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const policy = await policies.read(policyName);
    if (policy.ok) jobs.push({ policyName, workload: policy.value.workload, groupName, asOfMs, reason: DAILY });
    else skipped.push({ policyName, reason: policy.refusal.reason });
  }
  return { jobs, skipped };
}
