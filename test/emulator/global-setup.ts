import type { Emulator } from '../../tools/emulator/start.ts';
import { startEmulator } from '../../tools/emulator/start.ts';

declare global {
  /** The emulator of this run; absent when an endpoint was given from outside (LocalStack). */
  var prescaleEmulator: Emulator | undefined;
}

/** Starts one emulator for the whole run and hands its variables to every test, unless AWS_ENDPOINT_URL is already set. */
export default async function startForRun(): Promise<void> {
  if (process.env['AWS_ENDPOINT_URL'] !== undefined) return;
  const emulator = await startEmulator({ notice: (text) => process.stderr.write(`${text}\n`) });
  Object.assign(process.env, emulator.env);
  // What lies behind the gate, for a test that needs a gate, and so a clock, of its own.
  process.env['PRESCALE_COMPUTE_URL'] = emulator.endpoints.compute;
  globalThis.prescaleEmulator = emulator;
}
