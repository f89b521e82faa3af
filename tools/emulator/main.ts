import { parseArgs } from 'node:util';
import { failureText } from './failure-text.ts';
import type { Emulator } from './start.ts';
import { startEmulator } from './start.ts';

/** No emulator has CodeDeploy, by which the stack shifts new code in steps. */
const DEPLOY = 'npx cdk deploy -c prescale:deployment=all-at-once';

const HELP = `usage: npm run emulator [-- --json] [-- --help]

Starts AWS's wire protocol on this machine, without Docker, and waits. Ctrl-C ends everything,
and so does the end of the process that started it.
Needs Python 3.10 or later with venv; its packages go to .venv/ in the project (once, about 20 s).

  --json    print the variables as one JSON object instead of export lines
  --help    this text

example:
  npm run -s emulator > emulator.env &    # then, when the file is there:
  . ./emulator.env && npx cdk bootstrap && ${DEPLOY}
`;

/** Exit status for bad usage. */
const BAD_USAGE = 2;

const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const describe = ({ env, endpoints }: Emulator): string =>
  [
    ...Object.entries(env).map(([name, value]) => `export ${name}=${shellQuote(value)}`),
    '',
    '# Paste the lines above into another shell, then for example:',
    '#   npx cdk bootstrap aws://000000000000/us-east-1',
    `#   ${DEPLOY}`,
    '# The gate refuses what AWS refuses, runs scheduled actions, and can be moved in time:',
    `#   curl -d '{"nowMs": ${Date.now() + 3_600_000}}' ${endpoints.gate}/_prescale/clock`,
    `#   curl -d '{"action":"UpdateAutoScalingGroup","code":"Throttling","times":2}' ${endpoints.gate}/_prescale/faults`,
    `#   curl ${endpoints.gate}/_prescale/calls`,
    '# Ctrl-C here ends everything.',
    '',
  ].join('\n');

const readFlags = (args: readonly string[]) => {
  try {
    const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return null;
  }
};

const run = async (json: boolean): Promise<number> => {
  try {
    const emulator = await startEmulator({ notice: (text) => process.stderr.write(`${text}\n`) });
    process.stdout.write(json ? `${JSON.stringify(emulator.env)}\n` : describe(emulator));
    // The gate's listening socket keeps the process alive until a signal ends it.
    return 0;
  } catch (error) {
    process.stderr.write(`emulator: ${failureText(error)}\n`);
    return 1;
  }
};

const flags = readFlags(process.argv.slice(2));
if (flags === null) process.exitCode = BAD_USAGE;
else if (flags.help) process.stdout.write(HELP);
else process.exitCode = await run(flags.json);
