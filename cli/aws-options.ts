import type { Command } from 'commander';
import { BadInputError } from '../models/kernel/errors.ts';
import type { Controller, Shell } from './shell.ts';

export interface AwsOptions {
  readonly region?: string;
  readonly prefix?: string;
}

/** Adds the flags by which a command finds the controller. */
export const withAwsOptions = (command: Command): Command =>
  command
    .option('--region <region>', 'AWS region of the controller (default: AWS_REGION, or the profile’s)')
    .option('--prefix <path>', 'where the installation keeps its parameters (default: PRESCALE_PREFIX, or /prescale)');

/** Finds the controller that the flags and the environment name. Throws as `Shell.open` does. */
export function openController(shell: Shell, { region, prefix }: AwsOptions): Promise<Controller> {
  if (prefix !== undefined && !/^(\/[A-Za-z0-9_.-]+)+$/.test(prefix)) {
    throw new BadInputError(`--prefix: "${prefix}" is not a parameter path such as /prescale`);
  }
  return shell.open({ region: region ?? shell.config.region, prefix: prefix ?? shell.config.prefix });
}
