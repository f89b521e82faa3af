import { median } from '../../kernel/statistics.ts';
import type { ModelPaths } from './paths.ts';

/** How several paths become one, step by step. */
export type Combination = 'median' | 'mean';

/** Step by step the median or the mean of those members that answered; undefined where none did. O(members · steps). */
export function combined(members: readonly ModelPaths[], by: Combination): ModelPaths {
  const series = members[0]?.paths.length ?? 0;
  const paths = Array.from({ length: series }, (_, i) => {
    const known = members.flatMap(({ paths }) => paths[i] ?? []);
    return known[0]?.map((_, k) => middleOf(known, k, by));
  });
  const refused = paths.flatMap((path, i) => (path === undefined ? [[i, whyNot(members, i)] as const] : []));
  return { paths, refused: new Map(refused) };
}

function middleOf(paths: readonly Float64Array[], step: number, by: Combination): number {
  if (by === 'median') return median(paths.map((path) => path[step]!));
  return paths.reduce((sum, path) => sum + path[step]!, 0) / paths.length;
}

const whyNot = (members: readonly ModelPaths[], series: number): string =>
  members.flatMap(({ refused }) => refused.get(series) ?? [])[0] ?? 'it has no members';
