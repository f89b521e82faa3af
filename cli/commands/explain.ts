import { Command } from 'commander';
import { findTick, type TickOptions, withTickOptions } from '../find-tick.ts';
import { jsonLine } from '../json.ts';
import { explain } from '../report/explain-text.ts';
import type { Shell } from '../shell.ts';

/** `explain`: one decision in words. */
export const explainCommand = (shell: Shell): Command =>
  withTickOptions(new Command('explain').summary('say why a decision was made'))
    .description('Tells one tick of a group from its ledger entry: load, forecast, price, guards, action, outcome.')
    .action(async (options: TickOptions) => {
      const { record } = await findTick(options, shell);
      shell.terminal.out(options.json === true ? jsonLine(record) : ended(explain(record)));
    })
    .addHelpText(
      'after',
      '\nExamples:\n  prescale explain --group web --at latest\n  prescale explain --ledger day.jsonl --at 1995-07-28T14:00:00Z',
    );

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
