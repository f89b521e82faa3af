#!/usr/bin/env node
import { setTimeout as wait } from 'node:timers/promises';
import { runCli } from './program.ts';
import { processTerminal } from './terminal.ts';

/** The SDK is loaded only by the commands that need it: that is most of the time that a command takes to start. */
const open: Parameters<typeof runCli>[0]['open'] = async (address) =>
  (await import('./aws-controller.ts')).openAwsController(address);

const code = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  terminal: processTerminal(),
  open,
  wait: (ms) => wait(ms),
});

// Sockets kept alive and credential look-ups still under way would hold the process for seconds; written is what counts.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
