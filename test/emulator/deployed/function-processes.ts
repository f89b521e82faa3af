import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the emulator of this run unpacks its functions; undefined when the endpoint was given from outside. */
const folder = process.env['PRESCALE_EMULATOR_RUN'];

/** True where a function runs as a process of this machine that a test may end. */
export const canKillFunctions = folder !== undefined;

/** Process ids in which this run's emulator keeps the functions whose name contains `part`. */
async function processesOf(part: string): Promise<readonly number[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => folder !== undefined && line.includes(folder) && line.includes(part))
    .map((line) => Number.parseInt(line, 10));
}

/** Ends them as a machine that loses power does: nothing is caught, nothing is finished. Returns how many there were. */
export async function killFunction(part: string): Promise<number> {
  const pids = await processesOf(part);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}
