/** Where a command speaks: answers go to `out`, everything that a person alone reads goes to `note`. */
export interface Terminal {
  /** Writes to standard output, as given. */
  readonly out: (text: string) => void;
  /** Writes one line to standard error. */
  readonly note: (line: string) => void;
  /** Shows how far long work has come, on one line that is rewritten; silent unless standard error is a terminal. */
  readonly progress: (line: string) => void;
}

const CLEAR_LINE = '\r\u001b[2K';

/**
 * The process's own streams. When the reader of a pipe goes away (`| head`), the command ends quietly with status 0: the
 * reader has what it wanted.
 */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const live = process.stderr.isTTY === true;
  let shown = false;
  const cleared = (): string => {
    const prefix = shown ? CLEAR_LINE : '';
    shown = false;
    return prefix;
  };
  return {
    out: (text) => {
      if (shown) process.stderr.write(cleared());
      process.stdout.write(text);
    },
    note: (line) => process.stderr.write(`${cleared()}${line}\n`),
    progress: (line) => {
      if (!live) return;
      process.stderr.write(`${CLEAR_LINE}${line}`);
      shown = true;
    },
  };
}
