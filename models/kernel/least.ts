/** The first element for which `cost` is least; a cost that is no number never is. Needs an element. O(elements). */
export function least<T>(elements: readonly T[], cost: (element: T) => number): T {
  let best: T = elements[0]!;
  let bestCost = cost(best);
  for (const element of elements.slice(1)) {
    const its = cost(element);
    if (its < bestCost) [best, bestCost] = [element, its];
  }
  return best;
}
