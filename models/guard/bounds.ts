import { overrule } from '../decide/decision.ts';
import type { Guard } from './guard.ts';

/** Keeps the lever within what the group's owner allows. The last word of every chain. */
export const bounds: Guard = (wanted, { least, most, largestWeight }) => {
  if (wanted.target < least)
    return overrule(wanted, 'bounds', least, `not below ${least}, where the group's owner set it`);
  if (wanted.target > most)
    return overrule(
      wanted,
      'bounds',
      most,
      `not above ${most}, all that the group's bounds leave${whole(largestWeight)}`,
    );
  return wanted;
};

/** Why weights leave less than MaxSize does. */
const whole = (largest: number | undefined): string =>
  largest === undefined ? '' : ` where one instance may bring ${largest} units`;
