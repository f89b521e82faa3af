import { Command } from 'commander';
import type { GroupId, Switch, SwitchScope } from '../../loop/ports.ts';
import { instant } from '../../models/kernel/series.ts';
import { type AwsOptions, openController, withAwsOptions } from '../aws-options.ts';
import { parseDuration } from '../duration.ts';
import { groupNamed } from '../group-lookup.ts';
import { jsonLine } from '../json.ts';
import { isoOf } from '../moment.ts';
import type { Range } from '../range.ts';
import type { Controller, Shell } from '../shell.ts';
import { staysWhereItIs, homeless as withoutHome } from '../without-home.ts';

interface StopOptions extends AwsOptions {
  readonly group?: string;
  readonly for?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

interface Verb {
  readonly verb: Switch['verb'];
  readonly reason: string;
  /** What a person may expect from now on. */
  readonly consequence: string;
}

const PAUSE: Verb = {
  verb: 'freeze',
  reason: 'paused by hand',
  consequence:
    "no decisions are made; floors stay where they are and keep their dead-man's switch renewed; the groups' own policies go on",
};
const RESUME: Verb = {
  verb: 'run',
  reason: 'resumed by hand',
  consequence: 'decisions are made again from the next tick on',
};
const RELEASE: Verb = {
  verb: 'release',
  reason: 'released by hand',
  consequence:
    'each raised floor goes back to its base, step by step, from the next tick on; desired capacity is not lowered; this lasts until "prescale resume"',
};

const DEFAULT_PAUSE = '4h';

/** Seconds: whoever needs longer than a month wants `release`. */
const PAUSES: Range = { least: 1, most: 31 * 86_400 };

/** `pause`: freezes decisions until a stated time. */
export const pauseCommand = (shell: Shell): Command =>
  stopping('pause', 'stop deciding for a while: floors are held and kept alive', shell)
    .option('--for <duration>', 'how long, such as 90m or 4h; then everything runs again by itself', DEFAULT_PAUSE)
    .action((options: StopOptions) => turn(PAUSE, options, shell))
    .addHelpText('after', '\nExample:\n  prescale pause --group web --for 2h --reason "database migration"');

/** `resume`: ends a pause or a release. */
export const resumeCommand = (shell: Shell): Command =>
  stopping('resume', 'decide again after pause or release', shell)
    .action((options: StopOptions) => turn(RESUME, options, shell))
    .addHelpText('after', '\nExample:\n  prescale resume --group web');

/** `release`: takes floors home. */
export const releaseCommand = (shell: Shell): Command =>
  stopping('release', 'take raised floors back to their base and leave them there', shell)
    .action((options: StopOptions) => turn(RELEASE, options, shell))
    .addHelpText('after', '\nExample:\n  prescale release --reason "leaving it to target tracking this week"');

const stopping = (name: string, summary: string, shell: Shell): Command =>
  withAwsOptions(new Command(name).summary(summary).description(summary))
    .option('--group <name>', 'this group only (default: every group of the account and region)')
    .option('--reason <text>', 'written to the ledger with every tick that it concerns')
    .option('--json', 'JSON alone on standard output')
    .hook('preAction', () => shell.terminal.progress('looking for the controller …'));

async function turn(verb: Verb, options: StopOptions, shell: Shell): Promise<void> {
  const seconds = options.for === undefined ? undefined : parseDuration(options.for, '--for', PAUSES);
  const controller = await openController(shell, options);
  const { ports } = controller;
  const group = options.group === undefined ? undefined : await groupNamed(options.group, ports);
  const untilMs = seconds === undefined ? undefined : instant(ports.clock.wall() + seconds * 1000);
  const value: Switch = { verb: verb.verb, untilMs, reason: options.reason ?? verb.reason };
  await ports.switches.write(scopeOf(group), value);
  const stricter = group === undefined ? undefined : await stricterThan(value, group, controller);
  const homeless = verb === RELEASE ? await withoutHome(group, ports) : undefined;
  say(verb, { value, group, stricter, homeless, json: options.json === true }, shell);
}

const scopeOf = (group: GroupId | undefined): SwitchScope =>
  group === undefined ? { kind: 'account' } : { kind: 'group', group };

/** The account's switch where it overrules what was just written for a group. */
async function stricterThan(value: Switch, group: GroupId, { ports }: Controller): Promise<Switch | undefined> {
  const standing = await ports.switches.read(group);
  return standing.verb === value.verb ? undefined : standing;
}

interface Written {
  readonly value: Switch;
  readonly group: GroupId | undefined;
  readonly stricter: Switch | undefined;
  /** Groups in mode `desired` that a release leaves where they are; undefined where none was looked for or found out. */
  readonly homeless: readonly string[] | undefined;
  readonly json: boolean;
}

function say(verb: Verb, { value, group, stricter, homeless, json }: Written, { terminal }: Shell): void {
  const until = value.untilMs === undefined ? null : isoOf(value.untilMs);
  const scope = group === undefined ? 'every group of this account and region' : `group ${group.name}`;
  if (json) {
    const effective = stricter?.verb ?? value.verb;
    const said = { scope: group?.name ?? 'account', verb: value.verb, effective, until, reason: value.reason };
    terminal.out(jsonLine(homeless === undefined ? said : { ...said, withoutHome: homeless }));
    return;
  }
  terminal.out(`${scope}: ${value.verb}${until === null ? '' : ` until ${until}`} (${value.reason})\n`);
  terminal.out(`${verb.consequence}\n`);
  if (homeless !== undefined && homeless.length > 0) terminal.note(staysWhereItIs(homeless));
  if (stricter !== undefined) {
    terminal.note(
      `note: the account's own switch says ${stricter.verb} (${stricter.reason}) and is the stricter one: it goes on applying here`,
    );
  }
}
