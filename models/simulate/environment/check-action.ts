import { InvariantError } from '../../kernel/errors.ts';
import type { Action } from './actions.ts';
import { share } from './check-scenario.ts';
import type { Setting } from './setting.ts';

/**
 * Throws `InvariantError` for what no caller of the API could send and no policy could mean: sizes and units that are not
 * whole, a share outside [0, 1], a schedule that repeats at once, a release of a group that is not there. What AWS itself
 * refuses is refused as an event. O(1).
 */
export function checkAction({ indexOf }: Setting, action: Action): void {
  const odd = numbersOf(action).find((size) => size !== undefined && !Number.isInteger(size));
  if (odd !== undefined)
    throw new InvariantError(`${action.kind} of group ${action.group} needs whole numbers, got ${odd}`);
  if ((action.kind === 'scale-in' || action.kind === 'protect') && action.units < 0) {
    throw new InvariantError(`${action.kind} of group ${action.group} needs units ≥ 0, got ${action.units}`);
  }
  if (action.kind === 'start-refresh') share('minHealthyShare', action.minHealthyShare);
  if (action.kind === 'schedule' && action.action.everyMs !== undefined && !(action.action.everyMs > 0)) {
    throw new InvariantError(`a schedule repeats after > 0 ms, got ${action.action.everyMs}`);
  }
  if (action.kind === 'scale-in' && !indexOf.has(action.group)) {
    throw new InvariantError(`there is no group "${action.group}" whose policy could release units`);
  }
}

function numbersOf(action: Action): readonly (number | undefined)[] {
  switch (action.kind) {
    case 'set-desired':
      return [action.desired];
    case 'update':
      return [action.change.min, action.change.max, action.change.desired];
    case 'schedule':
      return [action.action.min, action.action.max, action.action.desired, action.action.startMs];
    case 'protect':
    case 'scale-in':
      return [action.units];
    default:
      return [];
  }
}
