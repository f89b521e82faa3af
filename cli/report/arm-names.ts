/** How a policy is named to people: `target-tracking-50` is "target tracking 50 %". Unknown names stand as they are. */
export function armName(name: string): string {
  const tracking = /^target-tracking-(\d+)$/.exec(name);
  if (tracking !== null) return `target tracking ${tracking[1]} %`;
  if (name === 'prescale') return 'Prescale';
  return isOptimum(name) ? 'clairvoyant optimum' : name.replaceAll('-', ' ');
}

/** True for the arm that knew the future. */
export const isOptimum = (name: string): boolean => name === 'optimum' || name === 'oracle';

/** True for target tracking at any target: what a group does without Prescale. */
export const isTargetTracking = (name: string): boolean => name.startsWith('target-tracking-');
