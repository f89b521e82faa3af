import { describe, expect, it } from '@jest/globals';
import { forecastTrace } from '../../../cli/forecast/forecast-trace.ts';
import type { Fitter } from '../../../loop/fitter.ts';
import { refuse } from '../../../models/kernel/result.ts';
import { recorded } from './forecast-plots.ts';

const idle: Fitter = {
  fit: () => {
    throw new Error('nothing is to be fitted');
  },
};

describe('a forecast by what other groups teach', () => {
  const task = {
    series: recorded(400),
    horizonSteps: 12,
    windowSteps: 3,
    historySteps: 4000,
    shortagePenalty: 20,
    donors: [recorded(900)],
  };

  it.each([
    { flag: '--models', asked: { names: ['theta'] } },
    { flag: '--weights', asked: { networks: [] } },
  ])('is refused before the fit where $flag would be ignored', async ({ flag, asked }) => {
    await expect(forecastTrace({ ...task, ...asked }, idle)).rejects.toThrow(
      `${flag}: 33 hours of the load are learned from, and of less than 2 days --donors alone decide`,
    );
  });
});

describe('a history that is too short', () => {
  const declining: Fitter = { fit: async () => refuse({ kind: 'too-short', have: 242, need: 576 }) };
  const task = { series: recorded(900), horizonSteps: 12, windowSteps: 3, historySteps: 4000, shortagePenalty: 20 };
  /** Two days without a value, 242 steps before the end. */
  const gapped = {
    ...task.series,
    values: task.series.values.map((load, i) => (i < 900 - 242 && i >= 900 - 242 - 576 ? Number.NaN : load)),
  };

  it.each([
    { case: 'nothing besides, where all of the file is learned from', asked: {}, why: '' },
    {
      case: 'the flag, where it leaves too little',
      asked: { historySteps: 300 },
      why: ' (--history leaves 300 of them)',
    },
    {
      case: 'the gap, where only what follows one is learned from',
      asked: { series: gapped },
      why: ' (nothing before a gap that is too long to bridge is learned from)',
    },
    {
      case: 'the flag, where both do',
      asked: { series: gapped, historySteps: 300 },
      why: ' (--history leaves 300 of them)',
    },
  ])('is refused with $case', async ({ asked, why }) => {
    const refused = await forecastTrace({ ...task, ...asked }, declining);
    expect(refused).toEqual({ ok: false, refusal: `242 steps, 576 needed${why}` });
  });
});
