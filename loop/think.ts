import { findHome, type Home } from './base.ts';
import { clean } from './clean.ts';
import { decide } from './decide.ts';
import { doubtOf } from './doubt.ts';
import { forecast, outlook } from './forecast.ts';
import { guard, type Ruling } from './guard.ts';
import type { Thought } from './record.ts';
import { settle } from './settle.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';
import { unusual } from './unusual.ts';

/** Stages two to five up to the point where the world has to be asked for room. */
export interface Draft extends Omit<Thought, 'settlement' | 'answers'> {
  readonly ruling: Ruling;
}

/**
 * clean → forecast → decide → guard. Pure: the same inputs give the same draft, bit for bit, which is what makes every
 * entry of the ledger replayable.
 */
export function draft(inputs: TickInputs): Draft {
  const home: Home = findHome(inputs.state, inputs.snapshot, inputs.wallMs);
  const load = clean(inputs);
  const peak = forecast(inputs, load);
  const ahead = outlook(inputs, load);
  const doubt = doubtOf(inputs, ahead);
  const plan = decide(inputs, load, { peak, outlook: ahead, doubt });
  return { home, load, peak, doubt, plan, unusual: unusual(inputs, load), ruling: guard(inputs, plan, home) };
}

/** The draft with the world's answers worked in. Pure. */
export const concluded = (inputs: TickInputs, { ruling, ...rest }: Draft, answers: Answers): Thought => ({
  ...rest,
  answers,
  settlement: settle(inputs, ruling, { home: rest.home, answers }),
});
