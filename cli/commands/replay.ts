import { Command } from 'commander';
import { BadInputError } from '../../models/kernel/errors.ts';
import { archiveDirectory } from '../archive-directory.ts';
import { EXIT } from '../exit.ts';
import { findTick, type TickOptions, withTickOptions } from '../find-tick.ts';
import { jsonLine } from '../json.ts';
import { isoOf } from '../moment.ts';
import { type Difference, replayEntry } from '../replay-record.ts';
import type { Shell } from '../shell.ts';
import { textTable } from '../table.ts';
import { VERSION } from '../version.ts';

interface ReplayOptions extends TickOptions {
  readonly archive?: string;
}

/** `replay`: computes a decision again and compares. */
export const replayCommand = (shell: Shell): Command =>
  withTickOptions(new Command('replay').summary('compute a recorded decision again and compare, bit for bit'))
    .description(
      'Reads the archived inputs of a tick, thinks them again and compares with the ledger. Exit 0: identical; 1: not.',
    )
    .option('--archive <dir>', 'folder with the archived inputs, each file named by its address (with --ledger)')
    .action((options: ReplayOptions) => replay(options, shell))
    .addHelpText(
      'after',
      '\nExamples:\n  prescale replay --group web --at 2026-05-01T12:05:00Z\n  prescale replay --ledger day.jsonl --archive archive/ --at latest',
    );

async function replay(options: ReplayOptions, shell: Shell): Promise<void> {
  if ((options.ledger === undefined) !== (options.archive === undefined)) {
    throw new BadInputError(
      '--ledger FILE and --archive DIR belong together; without both, the archive in AWS is read',
    );
  }
  const { record, controller } = await findTick(options, shell);
  const archive = options.archive === undefined ? controller?.ports.archive : archiveDirectory(options.archive);
  if (archive === undefined) throw new BadInputError('--archive DIR is needed with --ledger FILE');
  const { decision } = record;
  const { identical, differences } = await replayEntry(decision, archive);
  shell.verdict(identical ? EXIT.done : EXIT.failed);
  const versions = { recorded: decision.versions.prescale, here: VERSION };
  if (options.json === true) {
    const asOf = isoOf(decision.asOfMs);
    return shell.terminal.out(jsonLine({ group: decision.group.name, asOf, identical, differences, versions }));
  }
  const what = `${decision.group.name} at ${isoOf(decision.asOfMs)}`;
  if (identical) {
    const target = decision.decision?.target ?? 'no target';
    return shell.terminal.out(
      `${what}: identical, bit for bit (target ${target}, ${decision.decision?.rule ?? 'no rule'})\n`,
    );
  }
  shell.terminal.out(`${what}: differs in ${differences.length} field(s)\n${differenceTable(differences)}`);
  if (versions.recorded !== versions.here) {
    shell.terminal.note(`note: recorded by version ${versions.recorded}, replayed by ${versions.here}`);
  }
}

const differenceTable = (differences: readonly Difference[]): string =>
  textTable(
    [
      { title: 'field', align: 'left' },
      { title: 'recorded', align: 'left' },
      { title: 'replayed', align: 'left' },
    ],
    differences.map(({ field, recorded, replayed }) => [
      field,
      JSON.stringify(recorded) ?? '–',
      JSON.stringify(replayed) ?? '–',
    ]),
  );
