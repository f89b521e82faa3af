import type { Policy } from './policy.ts';

/**
 * Why this policy cannot be carried out by turns that begin every so many seconds, or undefined when it can. The cadence is
 * in the forecast's lead, in the plan and in how late a tick may be: a policy that is wrong about it plans for another
 * controller. `everySeconds` undefined: turns are begun by hand, and no pace is wrong. Pure.
 */
export function paceRefused({ cadenceSeconds }: Policy, everySeconds: number | undefined): string | undefined {
  if (everySeconds === undefined || cadenceSeconds === everySeconds) return undefined;
  const wholeMinutes = cadenceSeconds % 60 === 0;
  const redeploy = wholeMinutes ? `, or deploy with prescale:everyMinutes=${cadenceSeconds / 60}` : '';
  return `policy says cadenceSeconds ${cadenceSeconds}, but this controller's rule runs every ${everySeconds / 60} min; set cadenceSeconds to ${everySeconds}${redeploy}`;
}
