import { fitGlobalTrees, globalPath } from '../global/global-trees.ts';
import type { PooledContender } from './contenders.ts';
import type { ModelPaths, PathTask } from './paths.ts';

/**
 * Fits one member of the pooled model on all histories and carries each of them on. Declines every series when nothing can
 * be learned, and each one that is too short for a window or has not changed for a week. Cost: see `fitGlobalTrees`.
 */
export function pooledPaths(member: PooledContender, { histories, steps }: PathTask): ModelPaths {
  const fitted = fitGlobalTrees(histories, { steps, scale: member.scale, seed: member.seed });
  if (!fitted.ok) {
    const reason = `the histories together are too short to learn ${steps} hours ahead from`;
    return { paths: histories.map(() => undefined), refused: new Map(histories.map((_, i) => [i, reason])) };
  }
  const refused = new Map<number, string>();
  const paths = histories.map((history, i) => {
    const path = globalPath(fitted.value, history);
    if (path.ok) return path.value;
    refused.set(i, path.refusal);
    return undefined;
  });
  return { paths, refused };
}
