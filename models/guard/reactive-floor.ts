import { overrule } from '../decide/decision.ts';
import type { Guard } from './guard.ts';

/** Whatever was forecast, never below what the load needs now. */
export const reactiveFloor: Guard = (wanted, { needNow }) => {
  if (needNow === undefined || wanted.target >= needNow) return wanted;
  return overrule(wanted, 'reactive-floor', needNow, `the present load needs ${needNow}`);
};
