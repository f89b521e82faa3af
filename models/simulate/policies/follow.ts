import type { KnownLoad } from '../known-load.ts';

/** Takes in every step that became known since it was last called. */
export type Follow = (history: KnownLoad) => void;

/** Hands each known step to `take` once and in order, from the first of all on; blanks carry the last value forward. */
export function follow(take: (load: number, need: number, step: number) => void): Follow {
  let next = 0;
  return (history) => {
    for (; next <= history.newest; next++) take(history.loadAt(next), history.needAt(next), next);
  };
}
