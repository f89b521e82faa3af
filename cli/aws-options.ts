import type { Command } from 'commander';
import { BadInputError } from '../models/kernel/errors.ts';
import { requireEndpoint, requireRegion } from './aws-place.ts';
import type { Controller, ControllerAddress, Shell } from './shell.ts';

export interface AwsOptions {
  readonly region?: string;
  readonly prefix?: string;
}

/** Adds the flags by which a command finds the controller. */
export const withAwsOptions = (command: Command): Command =>
  command
    .option('--region <region>', 'AWS region of the controller (default: AWS_REGION, or the profile’s)')
    .option('--prefix <path>', 'where the installation keeps its parameters (default: PRESCALE_PREFIX, or /prescale)');

/**
 * Where the flags and the environment say that the controller is. Throws `BadInputError` where what they say can be no
 * place; an emulator at an endpoint of its own may call its region what it likes.
 */
export function addressOf({ config }: Shell, { region, prefix }: AwsOptions): ControllerAddress {
  const endpoints = Object.entries(config.endpoints);
  for (const [name, url] of endpoints) requireEndpoint(url, name);
  if (region !== undefined) requireRegion(region, '--region');
  else if (config.region !== undefined && endpoints.length === 0) requireRegion(config.region, 'AWS_REGION');
  if (prefix !== undefined && !/^(\/[A-Za-z0-9_.-]+)+$/.test(prefix)) {
    throw new BadInputError(`--prefix: "${prefix}" is not a parameter path such as /prescale`);
  }
  return { region: region ?? config.region, prefix: prefix ?? config.prefix };
}

/** Finds the controller that the flags and the environment name. Throws as `addressOf` and `Shell.open` do. */
export const openController = async (shell: Shell, options: AwsOptions): Promise<Controller> =>
  shell.open(addressOf(shell, options));
