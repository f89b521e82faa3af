import type { Installation } from '../adapters/observe/installation.ts';
import type { Ports } from '../loop/ports.ts';
import type { CliConfig } from './config.ts';
import type { ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** The ports that people's commands use; none of them runs a tick. */
export type PeoplePorts = Pick<
  Ports,
  | 'clock'
  | 'loads'
  | 'groups'
  | 'headroom'
  | 'actor'
  | 'runtime'
  | 'ledger'
  | 'archive'
  | 'policies'
  | 'switches'
  | 'models'
  | 'history'
>;

/** One deployed controller as the command line sees it. */
export interface Controller {
  readonly installation: Installation;
  readonly ports: PeoplePorts;
}

export interface ControllerAddress {
  readonly region: string | undefined;
  readonly prefix: string;
}

/** Everything a command gets from outside, so that a test can give it another world. */
export interface Shell {
  readonly terminal: Terminal;
  readonly config: CliConfig;
  /** Finds the controller; throws `BadInputError` where there is none or nobody is signed in. */
  readonly open: (address: ControllerAddress) => Promise<Controller>;
  /** Lets real time pass. */
  readonly wait: (ms: number) => Promise<void>;
  /** Sets what the process answers when the command has run to its end; `done` unless it is called. */
  readonly verdict: (code: ExitCode) => void;
}
