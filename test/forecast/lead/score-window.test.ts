import { describe, expect, it } from '@jest/globals';
import { signedWindow, sizeWindow } from '../../../models/forecast/lead/score-window.ts';

const SHARES = [0, 0.2, 0.5, 0.8, 0.95, 1];

/** Scores −1, 0, …, 8: far more lies above than below. */
function filled(window = signedWindow(100)) {
  for (let score = -1; score <= 8; score++) window.add(score);
  return window;
}

describe('scores without a sign', () => {
  it('are asked for their own shares, however few are independent', () => {
    const window = filled(sizeWindow(100));
    expect([0.1, 0.5, 0.9, 1].map((share) => window.quantile(share, 1))).toEqual([0, 4, 8, 8]);
  });

  it('are the newest ones', () => {
    const window = filled(sizeWindow(3));
    expect([window.size(), window.rank(7), window.quantile(0.01, 1)]).toEqual([3, 1, 6]);
  });
});

describe('scores with a sign', () => {
  it('are taken to be even on both sides while hardly one is independent', () => {
    const window = filled();
    for (const share of SHARES) expect(window.quantile(share, 1e-9)).toBeCloseTo(-window.quantile(1 - share, 1e-9), 6);
    expect(window.quantile(0.5, 1e-9)).toBeCloseTo(0, 6);
  });

  it('are asked for their own shares where very many are independent', () => {
    const own = filled(sizeWindow(100));
    for (const share of SHARES) expect(filled().quantile(share, 1e12)).toBeCloseTo(own.quantile(share, 1), 6);
  });

  it('lie the nearer to their own shares the more of them are independent', () => {
    const medians = [1, 10, 100, 1000].map((independent) => filled().quantile(0.5, independent));
    expect(medians).toEqual([...medians].sort((a, b) => a - b));
    expect(medians[2]).toBeCloseTo(filled(sizeWindow(100)).quantile(0.5, 1) / 2, 6);
  });

  it('rise with the share', () => {
    for (const independent of [1, 100, 10_000]) {
      const bounds = SHARES.map((share) => filled().quantile(share, independent));
      expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    }
  });
});
