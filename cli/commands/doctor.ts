import { Command } from 'commander';
import type { TaggedGroup } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type AwsOptions, addressOf, withAwsOptions } from '../aws-options.ts';
import { attempt, bad, type Check, good } from '../doctor/check.ts';
import { groupChecks, orphanCheck } from '../doctor/group-checks.ts';
import { installationChecks } from '../doctor/installation-checks.ts';
import { policyChecks } from '../doctor/policy-checks.ts';
import { EXIT } from '../exit.ts';
import { allGroups, groupNamed } from '../group-lookup.ts';
import { jsonLine } from '../json.ts';
import type { Controller, Shell } from '../shell.ts';
import { textTable } from '../table.ts';

interface DoctorOptions extends AwsOptions {
  readonly group?: string;
  readonly policy?: string;
  readonly json?: boolean;
}

/** `doctor`: looks at everything and changes nothing. */
export const doctorCommand = (shell: Shell): Command =>
  withAwsOptions(new Command('doctor').summary('check the installation and every group, with remedies'))
    .description(
      'Checks the installation and each tagged group, or a policy before it is handed over. Reads only. Exit 0: nothing is wrong; 1: something is.',
    )
    .option('--group <name>', 'this group only')
    .option('--policy <file>', 'a policy document alone, without an account')
    .option('--json', 'JSON alone on standard output')
    .action((options: DoctorOptions) => doctor(options, shell))
    .addHelpText('after', '\nExamples:\n  prescale doctor --group web\n  prescale doctor --policy web.json');

async function doctor(options: DoctorOptions, shell: Shell): Promise<void> {
  if (options.policy !== undefined && options.group !== undefined) {
    throw new BadInputError('--policy asks no account, --group asks one: give either');
  }
  const checks = options.policy === undefined ? await allChecks(options, shell) : policyChecks(options.policy);
  const wrong = checks.filter((check) => check.verdict === 'bad').length;
  shell.verdict(wrong === 0 ? EXIT.done : EXIT.failed);
  if (options.json === true) return shell.terminal.out(jsonLine({ wrong, checks }));
  shell.terminal.out(tableOf(checks));
  shell.terminal.out(wrong === 0 ? 'nothing is wrong\n' : `${wrong} thing(s) wrong\n`);
}

async function allChecks(options: DoctorOptions, shell: Shell): Promise<readonly Check[]> {
  const { terminal } = shell;
  const address = addressOf(shell, options);
  terminal.progress('looking for the controller …');
  let controller: Controller;
  try {
    controller = await shell.open(address);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [bad('controller', error.message, 'until then nothing else can be looked at')];
  }
  const found = good('controller', controller.installation.owner);
  const remedy = 'you need autoscaling:Describe* in this account and region';
  const tagged: TaggedGroup[] = [];
  const reading = await attempt('auto scaling', remedy, async () => {
    for await (const group of controller.ports.groups.tagged()) tagged.push(group);
    return good('auto scaling', 'readable');
  });
  if (reading.verdict === 'bad') return [found, reading];
  const checks: Check[] = [found, reading, ...(await installationChecks(controller, tagged))];
  for (const group of await chosen(options.group, tagged, controller)) {
    terminal.progress(`looking at ${group.group.name} …`);
    checks.push(...(await groupSafely(group, controller)));
  }
  if (options.group === undefined) checks.push(...(await orphans(tagged, controller)));
  return checks;
}

async function chosen(
  name: string | undefined,
  tagged: readonly TaggedGroup[],
  { ports }: Controller,
): Promise<readonly TaggedGroup[]> {
  if (name === undefined) return tagged;
  const wanted = await groupNamed(name, ports);
  const found = tagged.find(({ group }) => group.arn === wanted.arn);
  if (found !== undefined) return [found];
  throw new BadInputError(`--group: "${name}" carries no tag prescale:policy: tag it with the name of a policy`);
}

async function groupSafely(tagged: TaggedGroup, controller: Controller): Promise<readonly Check[]> {
  try {
    return await groupChecks(tagged, controller);
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [{ ...bad('group', said, 'check that you may read it'), group: tagged.group.name }];
  }
}

async function orphans(tagged: readonly TaggedGroup[], { ports, installation }: Controller): Promise<readonly Check[]> {
  const asked = new Set(tagged.map(({ group }) => group.arn));
  const others = (await allGroups(ports)).filter((group) => !asked.has(group.arn));
  const snapshots = await ports.groups.describe(others);
  return others.flatMap((group) => {
    const check = orphanCheck(group, snapshots.get(group.arn)?.tags ?? {}, installation.owner);
    return check === undefined ? [] : [check];
  });
}

const MARK = { good: 'ok', note: 'note', bad: 'WRONG' } as const;

function tableOf(checks: readonly Check[]): string {
  const columns = ['', 'about', 'check', 'finding'].map((title) => ({ title, align: 'left' as const }));
  const rows = checks.flatMap(({ group, name, verdict, finding, remedy }) => {
    const row = [MARK[verdict], group ?? 'installation', name, finding];
    return remedy === undefined ? [row] : [row, ['', '', '', `→ ${remedy}`]];
  });
  return textTable(columns, rows);
}
