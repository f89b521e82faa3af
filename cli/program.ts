import { Command, CommanderError } from 'commander';
import { accuracyCommand } from './commands/accuracy.ts';
import { anomaliesCommand } from './commands/anomalies.ts';
import { backtestCommand } from './commands/backtest.ts';
import { doctorCommand } from './commands/doctor.ts';
import { eventsCommand } from './commands/events.ts';
import { explainCommand } from './commands/explain.ts';
import { forecastCommand } from './commands/forecast.ts';
import { inspectCommand } from './commands/inspect.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { simulateCommand } from './commands/simulate.ts';
import { pauseCommand, releaseCommand, resumeCommand } from './commands/stop.ts';
import { trainCommand } from './commands/train.ts';
import { uninstallCommand } from './commands/uninstall.ts';
import { type CliConfig, readConfig } from './config.ts';
import { EXIT, type ExitCode, failureOf } from './exit.ts';
import type { Shell } from './shell.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

/** What a run of the command line needs. */
export interface Invocation {
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly open: Shell['open'];
  readonly wait: Shell['wait'];
}

const COMMANDS: readonly ((shell: Shell) => Command)[] = [
  forecastCommand,
  eventsCommand,
  inspectCommand,
  accuracyCommand,
  anomaliesCommand,
  trainCommand,
  backtestCommand,
  simulateCommand,
  explainCommand,
  replayCommand,
  reportCommand,
  doctorCommand,
  pauseCommand,
  resumeCommand,
  releaseCommand,
  uninstallCommand,
];

const CLOSING = `
Exit status: 0 done, 1 failed, 2 bad usage or bad input.
Example, without any account:
  prescale backtest --trace requests.csv`;

/**
 * Runs one command to its end and returns the exit status. Never throws: what goes wrong is said in one line on standard
 * error. Wrong usage and wrong input are status 2, everything else that fails is 1.
 */
export async function runCli({ args, env, ...world }: Invocation): Promise<ExitCode> {
  let config: CliConfig | undefined;
  let code: ExitCode = EXIT.done;
  try {
    config = readConfig(env);
    const verdict = (given: ExitCode): void => {
      code = given;
    };
    const program = programOf({ ...world, config, verdict });
    await program.parseAsync(knownOrAlone(program, args), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    const failure = failureOf(error, config?.debug ?? false);
    world.terminal.note(`prescale: ${failure.text}`);
    return failure.code;
  }
}

/** An unknown command is wrong usage, also where its help is asked for: nobody shall think that it exists. */
function knownOrAlone({ commands }: Command, args: readonly string[]): readonly string[] {
  const [name = ''] = args;
  const known = name === '' || name === 'help' || name.startsWith('-') || commands.some((one) => one.name() === name);
  return known ? args : [name];
}

function programOf(shell: Shell): Command {
  const { terminal } = shell;
  const write = (text: string): void => terminal.note(text.replace(/\n$/, ''));
  const program = new Command('prescale')
    .description('Scales EC2 Auto Scaling groups before the load arrives.')
    .version(VERSION)
    .addHelpText('after', CLOSING);
  for (const make of COMMANDS) program.addCommand(make(shell));
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: write, outputError: (text) => write(`prescale: ${text}`) })
      .showSuggestionAfterError();
  }
  return program;
}
