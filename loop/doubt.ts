import { driftOf, hasDrifted } from '../models/forecast/drift.ts';
import type { LoadOutlook } from '../models/forecast/outlook.ts';
import { skillIfNoBetter } from '../models/learn/forecast-record.ts';
import type { DoubtNote } from './ledger.ts';
import type { TickInputs } from './tick-inputs.ts';

/** Below this share the reactive arm has been cheaper than the plan on load that neither had seen. */
const EVEN_SHARE = 0.5;

/** A plan that has lately cost less than reacting keeps its say, whatever its forecast is worth beside a season's. */
const planIsCheaper = (model: TickInputs['model']): boolean => (model?.trial?.bandShare ?? 0) > EVEN_SHARE;

/**
 * Whether the forecast deserves to move capacity: from its record on load that it had not seen, where reacting has been no dearer
 * than its plan, and from its errors since the fit. Undefined while it does, and where there is no regression to be judged. Pure, a function of the tick's inputs
 * alone, so that a replay doubts alike. Cost: that of `driftOf`.
 */
export function doubtOf({ model }: TickInputs, outlook: LoadOutlook | undefined): DoubtNote | undefined {
  const skill = model?.record === undefined ? undefined : skillIfNoBetter(model.record, model.stepMs);
  if (skill !== undefined && !planIsCheaper(model)) {
    const reason = `the forecast is no better than naive (its errors are ${skill.toFixed(2)} of those of a season repeated): reactive only`;
    return { kind: 'no-better-than-naive', skill, reason };
  }
  if (outlook === undefined) return undefined;
  const drift = driftOf(outlook.past);
  if (!hasDrifted(drift)) return undefined;
  const { cusum, psi, psiLimit } = drift;
  const said = `cumulative sum ${cusum.toFixed(1)}, stability index ${psi.toFixed(2)} of at most ${psiLimit.toFixed(2)}`;
  const reason = `the forecast's errors have drifted since its fit (${said}): reactive until it is fitted anew`;
  return { kind: 'drift', cusum, psi, psiLimit, reason };
}
