import { runCli } from '../../cli/program.ts';
import type { Controller } from '../../cli/shell.ts';
import { BadInputError } from '../../models/kernel/errors.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** Runs the command line in this process, with a world of the test's making; without one, nobody is signed in. */
export async function prescale(args: readonly string[], controller?: Controller): Promise<Said> {
  let [out, notes] = ['', ''];
  const code = await runCli({
    args,
    env: {},
    terminal: {
      out: (text) => {
        out += text;
      },
      note: (line) => {
        notes += `${line}\n`;
      },
      progress: () => undefined,
    },
    wait: async () => undefined,
    open: async () => {
      if (controller === undefined) throw new BadInputError('no AWS credentials: sign in');
      return controller;
    },
  });
  return { code, out, notes };
}
