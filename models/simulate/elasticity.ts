import type { Replay } from './scaling-problem.ts';

/** How closely supply followed demand; all as fractions of 1, lower is better, 0 is ideal. */
export interface Elasticity {
  /** θ_U, under-provisioning accuracy: mean missing capacity relative to demand. */
  readonly thetaU: number;
  /** θ_O, over-provisioning accuracy: mean idle capacity relative to demand; may exceed 1. */
  readonly thetaO: number;
  /** τ_U, share of time in which capacity is missing. */
  readonly tauU: number;
  /** τ_O, share of time in which capacity is idle. */
  readonly tauO: number;
  /** υ, instability: share of steps at which supply and demand change in different directions; null for one step. */
  readonly upsilon: number | null;
}

/**
 * The elasticity metrics of the SPEC research group over the scored steps; demand d = need, supply s = `ready`.
 *
 * θ_U = (1/N)·Σ w·max(d − s, 0)/d          θ_O = (1/N)·Σ max(s − d, 0)/d
 * τ_U = (1/N)·Σ w·max(sgn(d − s), 0)       τ_O = (1/N)·Σ max(sgn(s − d), 0)
 * υ   = (1/(N − 1))·Σ_{t≥2} min(|sgn Δs − sgn Δd|, 1), sgn(0) = 0
 *
 * Shapes: `ready[i]` serves step scoreFrom + i; at least one.  Cost: O(N).
 * Source: Herbst et al., Ready for Rain? A View from SPEC Research on the Future of Cloud Metrics, SPEC-RG-2016-01,
 * elasticity metrics. Deviations: fractions, not percent; w = 0 on blank steps, which waives shortage there.
 */
export function elasticity({ need, blank, scoreFrom }: Replay, ready: Int32Array): Elasticity {
  const steps = ready.length;
  const sums = { thetaU: 0, thetaO: 0, tauU: 0, tauO: 0, apart: 0 };
  for (let i = 0; i < steps; i++) {
    const demand = need[scoreFrom + i]!;
    const surplus = ready[i]! - demand;
    if (surplus > 0) {
      sums.thetaO += surplus / demand;
      sums.tauO++;
    } else if (surplus < 0 && blank[scoreFrom + i] === 0) {
      sums.thetaU -= surplus / demand;
      sums.tauU++;
    }
    if (i > 0 && Math.sign(ready[i]! - ready[i - 1]!) !== Math.sign(demand - need[scoreFrom + i - 1]!)) sums.apart++;
  }
  return {
    thetaU: sums.thetaU / steps,
    thetaO: sums.thetaO / steps,
    tauU: sums.tauU / steps,
    tauO: sums.tauO / steps,
    upsilon: steps < 2 ? null : sums.apart / (steps - 1),
  };
}
