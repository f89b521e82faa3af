import type { PageArm } from './page-data.ts';

/** Rivals that everybody asks about: what groups do today, and the best simple rule. */
const KNOWN_RIVALS = ['target-tracking-50', 'target-tracking-70', 'tuned-reactive'];

/** Most policies that a reader can follow at once. */
const MOST_SHOWN = 2;

/** The arms that are drawn at first: Prescale, and the cheapest of the others. */
export function shownFirst(arms: readonly PageArm[]): ReadonlySet<string> {
  const cheapest = arms.filter(({ name }) => name !== 'prescale').sort((a, b) => a.score.J - b.score.J);
  const own = arms.filter(({ name }) => name === 'prescale');
  return new Set([...own, ...cheapest].slice(0, MOST_SHOWN).map(({ name }) => name));
}

/** The arms whose shortages have a row of their own under the chart. */
export function withLanes(arms: readonly PageArm[]): readonly PageArm[] {
  const shown = shownFirst(arms);
  return arms.filter(({ name }) => shown.has(name) || KNOWN_RIVALS.includes(name));
}

/** Classes that tell the i-th policy's line from the others by colour and dashes; Prescale's is always the same. */
export const armClass = (name: string, i: number): string =>
  name === 'prescale' ? 'own' : `arm-${i % 8} dash-${Math.floor(i / 8) % 4}`;
