import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Room for the variables of every process of the machine. */
const MOST_BYTES = 64 * 1024 * 1024;

/** True for a line of `ps` about a function of the emulator under test: no other has its endpoint in the environment. */
const isFunctionOf = (endpoint: string, part: string) => {
  const worker = new RegExp(`ministack-lambda-\\S*${part}`);
  return (line: string): boolean => worker.test(line) && `${line} `.includes(` AWS_ENDPOINT_URL=${endpoint} `);
};

/**
 * Ends the processes in which this run's emulator keeps the functions whose name contains `part`, as a machine that loses
 * power does: nothing is caught, nothing is finished. Returns how many there were.
 */
export async function killFunction(part: string): Promise<number> {
  const { stdout } = await run('ps', ['axeww', '-o', 'pid=,command='], { maxBuffer: MOST_BYTES });
  const lines = stdout.split('\n').filter(isFunctionOf(process.env['AWS_ENDPOINT_URL'] ?? '', part));
  const pids = lines.map((line) => Number.parseInt(line, 10));
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}
