import type { Switch } from '../../loop/ports.ts';

/** `release` takes more from us than `freeze`: it gives the floor back, where a freeze keeps it. */
const STRICTNESS = { run: 0, freeze: 1, release: 2 } as const;

/** What a switch says now: one whose time has passed says `run`, and an absent one too. Pure. */
export function inForce(value: Switch | undefined, wallMs: number): Switch {
  if (value === undefined) return { verb: 'run', untilMs: undefined, reason: 'no switch is set' };
  if (value.untilMs === undefined || value.untilMs > wallMs) return value;
  return { verb: 'run', untilMs: undefined, reason: `the ${value.verb} has expired (${value.reason})` };
}

/** The account's switch and the group's own: the stricter one wins, the group's when both say the same. Pure. */
export const stricterOf = (account: Switch, group: Switch): Switch =>
  STRICTNESS[account.verb] > STRICTNESS[group.verb] ? account : group;
