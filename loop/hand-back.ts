import type { Home } from './base.ts';
import type { Mode } from './policy.ts';
import type { TickInputs } from './tick-inputs.ts';

/** True while a floor that we raised stands and the mode of the policy only looks: it goes home as if released. Pure. */
export const handsBack = ({ policy }: Pick<TickInputs, 'policy'>, { ourFloor }: Pick<Home, 'ourFloor'>): boolean =>
  ourFloor !== undefined && (policy.mode === 'observe' || policy.mode === 'advise');

/** The mode whose lever this tick moves: that of the policy, or the floor that has to go home first. Pure. */
export const leverMode = (inputs: Pick<TickInputs, 'policy'>, home: Pick<Home, 'ourFloor'>): Mode =>
  handsBack(inputs, home) ? 'floor' : inputs.policy.mode;
