import { desiredRefused, floorRaiseRefused, OWNER_TAG, refusedForGood } from '../../loop/admission.ts';
import { findHome, type Home } from '../../loop/base.ts';
import { paceRefused } from '../../loop/pace.ts';
import type { GroupId, TaggedGroup } from '../../loop/ports.ts';
import { newRuntimeState } from '../../loop/runtime-state.ts';
import { isoOf } from '../moment.ts';
import type { Controller } from '../shell.ts';
import { attempt, bad, type Check, good, note } from './check.ts';
import { headroomCheck, leadCheck } from './launch-checks.ts';
import { loadChecks } from './load-checks.ts';
import type { Patient } from './patient.ts';

const READ = 'check the region, the policy and that you may read Auto Scaling, SSM and CloudWatch';

/** Everything that a tagged group needs to be scaled, each with its remedy. */
export async function groupChecks(
  { group, policyName }: TaggedGroup,
  controller: Controller,
): Promise<readonly Check[]> {
  const { ports } = controller;
  const named = (checks: readonly Check[]): readonly Check[] => checks.map((c) => ({ ...c, group: group.name }));
  const snapshot = (await ports.groups.describe([group])).get(group.arn);
  if (snapshot === undefined) {
    return named([
      bad('group', 'it does not exist any more', 'prescale uninstall --yes forgets it, or create it again'),
    ]);
  }
  const policy = await ports.policies.read(policyName);
  if (!policy.ok) {
    return named([
      bad('policy', policy.refusal.reason, `write a policy of version 1 to the parameter policies/${policyName}`),
    ]);
  }
  const around = await ports.groups.surroundings(group, 'all');
  const patient: Patient = { group, policy: policy.value, snapshot, around };
  const checks = [
    good('policy', `${policyName}, mode ${policy.value.mode}`),
    pace(patient, controller),
    await attempt('admission', READ, () => admission(patient, controller)),
    suspended(patient),
    predictive(patient),
    template(patient),
    await attempt('switch', READ, () => standingSwitch(patient, controller)),
    await attempt("dead-man's switch", READ, () => deadMan(patient, controller)),
    await attempt('boot time', READ, () => leadCheck(patient, controller)),
    await attempt('headroom', READ, () => headroomCheck(patient, controller)),
    ...(await loadChecks(patient, controller)),
  ];
  return named(checks);
}

async function admission(patient: Patient, controller: Controller): Promise<Check> {
  const { policy, snapshot, around } = patient;
  const { base } = await homeOf(patient, controller);
  const forGood = refusedForGood(snapshot, controller.installation.owner, base);
  if (forGood !== undefined) return bad('admission', forGood, 'the group is left alone until that is changed');
  const acting = { floor: floorRaiseRefused, desired: desiredRefused, observe: undefined, advise: undefined };
  const refused = acting[policy.mode]?.(snapshot, around);
  if (refused !== undefined) return bad('admission', refused, 'until then every change is refused, with this reason');
  const later = floorRaiseRefused(snapshot, around);
  if (later !== undefined && policy.mode !== 'desired') {
    return note(
      'admission',
      `mode ${policy.mode} is fine; mode floor would be refused: ${later}`,
      'mend it before you raise the mode',
    );
  }
  return good('admission', `may be scaled between ${base} and ${snapshot.maxSize}`);
}

function pace({ policy }: Patient, { installation: { everyMinutes } }: Controller): Check {
  const refused = paceRefused(policy, secondsOf(everyMinutes));
  if (refused === undefined) return good('cadence', `a turn every ${policy.cadenceSeconds} s`);
  return bad('cadence', refused, 'until then every tick of the group is refused, with this reason');
}

const secondsOf = (minutes: number | null | undefined): number | undefined =>
  typeof minutes === 'number' ? 60 * minutes : undefined;

function suspended({ snapshot }: Patient): Check {
  const processes = snapshot.suspendedProcesses;
  if (processes.length === 0) return good('processes', 'none suspended');
  return note(
    'processes',
    `suspended: ${processes.join(', ')}`,
    'resume them (aws autoscaling resume-processes) unless you mean it',
  );
}

function predictive({ around }: Patient): Check {
  if (!around.hasPredictivePolicy) return good('predictive scaling', 'no other forecast acts on the group');
  return note(
    'predictive scaling',
    'AWS predictive scaling acts on the same group: both raise it, and the higher wins',
    'set it to ForecastOnly, or keep Prescale in mode observe to compare',
  );
}

const TERRAFORM = /^(terraform|tf[-_:]|managed[-_]?by$)/i;

function template({ snapshot: { tags }, policy }: Patient): Check {
  const acts = policy.mode === 'floor' || policy.mode === 'desired';
  const stack = tags['aws:cloudformation:stack-name'];
  const terraform = Object.entries(tags).find(([key, value]) => TERRAFORM.test(key) && /terraform/i.test(key + value));
  if (stack === undefined && terraform === undefined) return good('template', 'no template claims the group’s sizes');
  const finding =
    stack === undefined
      ? `Terraform manages the group (tag ${terraform?.[0]})`
      : `the CloudFormation stack ${stack} manages the group`;
  const remedy =
    stack === undefined
      ? 'lifecycle { ignore_changes = [min_size, desired_capacity] }, or each apply undoes the floor'
      : 'leave MinSize as it is in the template, and in CDK set ignoreUnmodifiedSizeProperties: an update that rewrites MinSize becomes the new base';
  return acts ? note('template', finding, remedy) : good('template', `${finding}; before mode floor: ${remedy}`);
}

async function standingSwitch({ group }: Patient, { ports }: Controller): Promise<Check> {
  const { verb, untilMs, reason } = await ports.switches.read(group);
  if (verb === 'run') return good('switch', 'run');
  const until = untilMs === undefined ? '' : ` until ${isoOf(untilMs)}`;
  return note('switch', `${verb}${until}: ${reason}`, 'prescale resume');
}

/** Where home is: a floor that the controller has raised is not the owner's. */
async function homeOf({ group, snapshot }: Patient, { ports }: Controller): Promise<Home> {
  return findHome((await ports.runtime.peek(group)) ?? newRuntimeState(), snapshot, ports.clock.wall());
}

async function deadMan(patient: Patient, controller: Controller): Promise<Check> {
  const name = "dead-man's switch";
  const { group, around } = patient;
  const home = await homeOf(patient, controller);
  if (home.ourFloor === undefined || home.ourFloor <= home.base)
    return good(name, `not needed: the floor is at home, ${home.base}`);
  const standing = around.scheduledActions.find((action) => action.name === home.armed?.name);
  if (standing !== undefined) {
    return good(
      name,
      `armed: MinSize ${home.ourFloor} goes back to ${standing.minSize ?? home.base} at ${isoOf(standing.startMs)}`,
    );
  }
  return bad(
    name,
    `the floor stands at ${home.ourFloor}, home is ${home.base}, and no scheduled action takes it back`,
    `is the loop running? if not: aws autoscaling update-auto-scaling-group --auto-scaling-group-name ${group.name} --min-size ${home.base}`,
  );
}

/** Groups that we own although nobody asks for it any more. */
export function orphanCheck(group: GroupId, tags: Readonly<Record<string, string>>, owner: string): Check | undefined {
  if (tags[OWNER_TAG] !== owner) return undefined;
  return {
    ...note(
      'policy tag',
      'the group has lost its tag prescale:policy but is still owned',
      'tag it again, or prescale uninstall',
    ),
    group: group.name,
  };
}
