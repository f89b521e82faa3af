import { describe, expect, it } from '@jest/globals';
import { directFitter } from '../../adapters/fit/direct-fitter.ts';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { DEFAULT_FORECASTERS, type ForecasterSources, forecasters } from '../../models/forecast/registry.ts';
import type { WorkloadModel } from '../../models/learn/fit-workload.ts';
import { seriesOf, wave } from './loads.ts';

const namesOf = (sources: ForecasterSources): readonly string[] =>
  forecasters(forecasterFiles(), sources).map(({ name }) => name);

describe('the candidates of a group', () => {
  it.each([
    { case: 'are the defaults', sources: {}, names: DEFAULT_FORECASTERS },
    { case: 'are those that are asked for', sources: { names: ['theta'] }, names: ['theta'] },
    {
      case: 'hold the champion in use',
      sources: { names: ['theta'], champion: 'mstl-ets' },
      names: ['theta', 'mstl-ets'],
    },
    { case: 'hold a champion once', sources: { names: ['theta'], champion: 'theta' }, names: ['theta'] },
    { case: 'hold nobody that is unknown', sources: { names: ['theta', 'x'], champion: 'oracle' }, names: ['theta'] },
  ])('$case', ({ sources, names }) => {
    expect(namesOf(sources)).toEqual(names);
  });

  it('let a champion that is no default go on until it is beaten', async () => {
    const window = seriesOf(wave({ days: 9, noise: 0.1 }));
    const options = { windowSteps: 3, level: 0.95, pathSteps: 12 };
    const first = await directFitter().fit({ window, options, standing: undefined, names: ['mstl-ets'] });
    if (!first.ok) throw new Error('refused');
    const standing: WorkloadModel = first.value;
    const renewed = await directFitter().fit({ window, options, standing });
    expect(renewed).toMatchObject({ ok: true, value: { model: 'mstl-ets' } });
    const chosenAnew = { ...standing, chosen: undefined };
    const next = await directFitter().fit({ window, options, standing: chosenAnew });
    if (!next.ok) throw new Error('refused');
    expect(next.value.scores.map(({ model }) => model)).toContain('mstl-ets');
    expect(next.value.chosen?.why).toMatch(/^stays: |took over from mstl-ets: /);
  });
});
