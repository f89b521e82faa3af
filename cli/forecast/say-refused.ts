import { EXIT } from '../exit.ts';
import { jsonLine } from '../json.ts';
import { notePageLeft } from '../page/page-file.ts';
import type { Shell } from '../shell.ts';

interface RefusedForecast {
  readonly trace: string;
  readonly plot?: string;
  readonly json?: boolean;
}

/** Says, for people or machines, that there is no forecast and why; the command then fails, and no page is written. */
export function sayRefused(
  { trace, plot, json }: RefusedForecast,
  { facts, refusal }: { readonly facts: object; readonly refusal: string },
  { terminal, verdict }: Shell,
): void {
  verdict(EXIT.failed);
  if (json === true) terminal.out(jsonLine({ ...facts, model: null, refused: refusal }));
  else terminal.note(`prescale: no forecast for ${trace}: ${refusal}`);
  if (plot !== undefined) notePageLeft(plot, 'there is no forecast to draw', terminal);
}
