import type { Rival } from './group.ts';
import { sent } from './notices.ts';
import type { Ports } from './ports.ts';
import type { RuntimeState } from './runtime-state.ts';
import type { Answers, TickInputs } from './tick-inputs.ts';

/** What its presence means, for people. */
export const RIVAL_WORDS: Readonly<Record<Rival, string>> = {
  'aws-predictive-scaling':
    'AWS predictive scaling acts on the same group: both raise it, and the higher wins. Set it to ForecastOnly, or keep Prescale in mode observe to compare.',
};

/**
 * Tells a person once that another forecaster moves the group; again only after it has been seen gone. Nothing is asked
 * for this: it is seen when a change or a renewal asks for the group's policies. Returns what to remember.
 */
export async function tellRival(
  { snapshot, asOfMs, state }: TickInputs,
  { surroundings, rival }: Answers,
  ports: Pick<Ports, 'notices' | 'telemetry'>,
): Promise<Pick<RuntimeState, 'rivalTold'>> {
  const { rivalTold } = state;
  if (surroundings?.hasPredictivePolicy === undefined) return { rivalTold };
  if (rival === undefined || rival === rivalTold) return { rivalTold: rival };
  const word = { subject: 'another forecaster acts on this group', text: RIVAL_WORDS[rival] };
  const done = await sent({ group: snapshot.group, asOfMs, state }, word, ports);
  return { rivalTold: done ? rival : undefined };
}
