import { Command } from 'commander';
import type { GroupId } from '../../loop/ports.ts';
import { BadInputError } from '../../models/kernel/errors.ts';
import { type AwsOptions, openController, withAwsOptions } from '../aws-options.ts';
import { EXIT } from '../exit.ts';
import { allGroups } from '../group-lookup.ts';
import { jsonLine } from '../json.ts';
import { type Farewell, leaveGroup, planFarewell } from '../leave-group.ts';
import { dayOfLedger, type KeptCost } from '../ledger-cost.ts';
import type { Controller, Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { homeless, staysWhereItIs } from '../without-home.ts';

interface UninstallOptions extends AwsOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** A batch of ticks remembers the switch for a second: after this long each one has seen it. */
const SWITCH_SEEN_MS = 2000;

/** `uninstall`: gives every group back. */
export const uninstallCommand = (shell: Shell): Command =>
  withAwsOptions(
    new Command('uninstall').summary('give every group back to its owner, then say how to remove the stack'),
  )
    .description(
      'Releases the account, restores MinSize of every group that this controller moved, removes its scheduled action and ' +
        'owner tag, and reads everything back. Instances are not touched. The ledger is kept.',
    )
    .option('--yes', 'really do it')
    .option('--dry-run', 'list what would be done, and do nothing')
    .option('--json', 'JSON alone on standard output')
    .action((options: UninstallOptions) => uninstall(options, shell))
    .addHelpText('after', '\nExample:\n  prescale uninstall --dry-run\n  prescale uninstall --yes && npx cdk destroy');

async function uninstall(options: UninstallOptions, shell: Shell): Promise<void> {
  const dry = options.dryRun === true;
  if (!dry && options.yes !== true) {
    throw new BadInputError('uninstall changes groups: look with --dry-run first, then say --yes');
  }
  const { terminal } = shell;
  const controller = await openController(shell, options);
  const groups = await allGroups(controller.ports);
  const kept = await dayOfLedger(groups, controller);
  if (!dry) {
    const reason = 'uninstalled by hand';
    await controller.ports.switches.write({ kind: 'account' }, { verb: 'release', untilMs: undefined, reason });
    terminal.note('the account’s switch says release: no floor is raised any more');
    await shell.wait(SWITCH_SEEN_MS);
  }
  const farewells: Farewell[] = [];
  for (const group of groups) {
    terminal.progress(`${group.name} …`);
    farewells.push(await parted(group, dry, controller));
  }
  const failed = farewells.filter((farewell) => farewell.result === 'failed').length;
  shell.verdict(failed === 0 ? EXIT.done : EXIT.failed);
  if (options.json === true)
    return terminal.out(jsonLine({ dryRun: dry, failed, groups: farewells, ledgerOfADay: kept }));
  terminal.out(tableOf(farewells));
  const stay = (await homeless(undefined, controller.ports)) ?? [];
  if (stay.length > 0) terminal.note(staysWhereItIs(stay));
  terminal.out(dry ? 'nothing was changed\n' : closing(failed, kept, controller));
}

/** One group's failure is reported and the next one goes home all the same. */
async function parted(group: GroupId, dry: boolean, controller: Controller): Promise<Farewell> {
  try {
    return await (dry ? planFarewell(group, controller) : leaveGroup(group, controller));
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { group: group.name, result: 'failed', steps: [], problem };
  }
}

const tableOf = (farewells: readonly Farewell[]): string =>
  farewells.length === 0
    ? 'no group carries the tag or is remembered\n'
    : textTable(
        ['group', 'result', 'what'].map((title) => ({ title, align: 'left' })),
        farewells.map(({ group, result, steps, problem }) => [group, result, problem ?? (steps.join('; ') || '–')]),
      );

function closing(failed: number, kept: KeptCost, { installation }: Controller): string {
  if (failed > 0) {
    return `${failed} group(s) could not be left: run this again. Where a floor still stands, its scheduled action takes it home.\n`;
  }
  const { table, bucket } = installation;
  return [
    'every MinSize is as its owner left it. To remove the stack: npx cdk destroy',
    `the ledger is kept: table ${table}, bucket ${bucket}. A day of it here is ${kept.records} decisions, ` +
      `${(kept.bytes / 1e6).toFixed(1)} MB, about $${kept.dollarsPerMonth.toPrecision(1)} a month to keep until it expires.`,
    `to remove it too: aws dynamodb delete-table --table-name ${table} && aws s3 rb --force s3://${bucket}`,
    'remove the tag prescale:policy from the groups so that nothing takes them up again.',
    '',
  ].join('\n');
}
