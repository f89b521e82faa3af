import { describe, expect, it } from '@jest/globals';
import { forecastTrace } from '../../../cli/forecast/forecast-trace.ts';
import type { Fitter } from '../../../loop/fitter.ts';
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
