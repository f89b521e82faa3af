import type { ForecastPlot } from '../../../cli/forecast/plot/forecast-plot.ts';
import { type GappedSeries, instant } from '../../../models/kernel/series.ts';

export const STEP = 300_000;
export const DAY_STEPS = 288;

export const wave = (i: number): number => 100 + 50 * Math.sin((i * 2 * Math.PI) / DAY_STEPS);

export const recorded = (steps: number, at: (i: number) => number = wave): GappedSeries => ({
  startMs: instant(0),
  stepMs: STEP,
  values: Float64Array.from({ length: steps }, (_, i) => at(i)),
  mayHaveBlanks: true,
});

export const expectedOf = (steps: number): ForecastPlot['loads'][number]['expected'] =>
  Array.from({ length: steps }, (_, k) => ({ after: k + 1, load: 120 }));

/** Three days of one load, an hour ahead, with a lead window of a quarter of an hour. */
export const one: ForecastPlot = {
  trace: 'web.csv',
  dated: true,
  model: 'mstl-ets',
  fittedSteps: 3 * DAY_STEPS,
  stepMs: STEP,
  startMs: 3 * DAY_STEPS * STEP,
  loads: [{ column: 'requests', recorded: recorded(3 * DAY_STEPS), expected: expectedOf(12) }],
  window: {
    steps: 3,
    expectedPeak: 120,
    quantiles: { '0.1': 110, '0.25': 115, '0.5': 121, '0.75': 128, '0.9': 135, '0.95': 140, '0.99': 160 },
    level: 20 / 21,
    loadAtLevel: 141,
    highestLevel: 0.99,
  },
  scores: [{ model: 'mstl-ets', pinball: 1.5, pathError: 4, origins: 100, refused: null }],
  follows: [],
  notes: [],
};

const { window: _, ...withoutWindow } = one;

/** Two loads with quantiles at leads that lie apart, as a network gives them. */
export const several: ForecastPlot = {
  ...withoutWindow,
  loads: ['cpu', 'mem'].map((column) => ({
    column,
    recorded: recorded(3 * DAY_STEPS),
    expected: [1, 2, 4, 8].map((after) => ({ after, load: 100 })),
    quantiles: { '0.1': [90, 85, 80, 70], '0.5': [100, 100, 100, 100], '0.9': [110, 115, 120, 130] },
  })),
  scores: [],
  follows: ['mem follows cpu 10 min later.'],
};
