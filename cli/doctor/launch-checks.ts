import { leadUsed } from '../../loop/lead.ts';
import type { Controller } from '../shell.ts';
import { type Check, good, note } from './check.ts';
import type { Patient } from './patient.ts';

/** Boots that take so much longer than the policy says are worth a word. */
const MATERIAL_SHARE = 1.2;

/** Whether instances boot as fast as the policy says. */
export async function leadCheck({ group, policy }: Patient, { ports }: Controller): Promise<Check> {
  const name = 'boot time';
  const memory = (await ports.runtime.peek(group))?.launches;
  const { source, configuredSeconds, boots, measuredSeconds } = leadUsed(policy, memory);
  const says = `the policy says ${configuredSeconds} s`;
  if (measuredSeconds === undefined) return good(name, `${says}; ${boots} boots have been seen, five are needed`);
  const seen = `nine in ten of ${boots} boots took at most ${measuredSeconds} s`;
  if (source === 'measured') {
    return good(name, `${says}, ${memory?.lead?.inForceSeconds} s are planned with as measured: ${seen}`);
  }
  if (measuredSeconds <= MATERIAL_SHARE * configuredSeconds) return good(name, `${says}; ${seen}`);
  const remedy = policy.lead.measure
    ? 'it is used once its model is fitted, up to three times what the policy says: name it as lead.bootSeconds where it stays above'
    : `set lead.bootSeconds to ${measuredSeconds}, or lead.measure to true`;
  return note(name, `${says}, but ${seen}`, remedy);
}

/** Whether the account has room for as many units as the group may have. */
export async function headroomCheck({ group, snapshot }: Patient, { ports }: Controller): Promise<Check> {
  const name = 'headroom';
  const { limits, unknown } = await ports.headroom.headroom(group);
  const missing = snapshot.maxSize - snapshot.inService - snapshot.pending;
  const short = limits.find(({ units }) => units < missing);
  if (short !== undefined) {
    return note(
      name,
      `up to MaxSize ${missing} units are missing, and ${short.units} can be launched: ${short.said}`,
      short.of === 'vcpu-quota'
        ? 'ask AWS for a higher quota (Service Quotas, EC2)'
        : 'add subnets to the group, or larger ones',
    );
  }
  if (unknown.length > 0) {
    return note(
      name,
      unknown.join('; '),
      'raises are not capped by what is not known; AWS refuses what it cannot launch',
    );
  }
  return good(name, `there is room for the ${missing} units up to MaxSize`);
}
