import type { SetErrors } from '../metrics/owa.ts';

/**
 * The model of least OWA, the first of equals; by sMAPE where no OWA is defined. Undefined when neither is for any.
 * O(models).
 */
export function leastError(standings: ReadonlyMap<string, SetErrors>): string | undefined {
  const least = (of: (errors: SetErrors) => number): string | undefined => {
    let best: { readonly name: string; readonly error: number } | undefined;
    for (const [name, errors] of standings) {
      const error = of(errors);
      if (Number.isFinite(error) && !(best !== undefined && best.error <= error)) best = { name, error };
    }
    return best?.name;
  };
  return least(({ owa }) => owa) ?? least(({ smape }) => smape);
}
