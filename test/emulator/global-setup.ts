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
  // The control endpoints of the gate; tests that need them are absent where only the protocol is there.
  process.env['PRESCALE_GATE_URL'] = emulator.endpoints.gate;
  globalThis.prescaleEmulator = emulator;
}
