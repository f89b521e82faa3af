import './global-setup.ts';

/** Ends the emulator that the set-up started, if it started one. */
export default async function stopAfterRun(): Promise<void> {
  await globalThis.prescaleEmulator?.stop();
}
