/** One JSON document on one line, undefined numbers as null; the only thing that `--json` puts on standard output. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value)}\n`;
