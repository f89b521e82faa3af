import { parseArgs } from 'node:util';
import { BadInputError } from '../models/kernel/errors.ts';

const HELP = `npm run bench -- NAME [OPTIONS]

Measures, prints a table, and writes it to bench/results/NAME.md.
  anomalies Numenta's score of the detector on recorded series with labels [--data DIR] [--half development]
  backtest  wall time of a month of minutes through every policy; minutes
  boost     CPU of fitting boosted trees and of one forecast by them, and the coverage of their quantiles
  neural    one inference and one epoch of the LSTM and the Transformer, and of the tensor library's backends
  events    what is learned of events in recorded loads and what naming them is worth; false alarms of changepoints; minutes
  fits      memory over 10,000 fits of the default forecasters, and CPU of one; minutes
  forecast  errors two days ahead over many hourly series, of every model on every load, and of each load at leads; beside
            them, where Python is present, statsforecast and Prophet [--data DIR] [--parts contest,loads,leads] [--json]; an hour
  selection what a choice among candidates is worth, the price of a change of champion, and how often drift is told, on first halves [--data DIR]; minutes
  transfer  each series forecast as if it were a day old, by what the others teach, on first halves [--data DIR]
  graph     what the loads of others are worth to the forecast of one, on first halves [--data DIR]
  models    every forecaster on the first half of every series: errors, losses and CPU [--data DIR] [--models a,b]; minutes
  simulate  group-steps a minute of the functional environment under target tracking
  spot      target tracking and the optimum on recorded spot markets [--data DIR]
  tick      CPU of one warm turn of the deployed function's handler over AWS's wire protocol, and our own part of it
  rough     the courses of the policies where boots differ and seconds are billed [--data DIR]
  scaling   the price of every policy on every series at hand [--data DIR] [--json]; minutes to an hour
  ablations what each part of the plan is worth, on first halves [--data DIR]; minutes
`;

type Bench = (args: readonly string[]) => Promise<void>;

const BENCHES: Readonly<Record<string, Bench>> = {
  ablations: async (args) => (await import('./scaling/ablations.ts')).benchAblations(args),
  anomalies: async (args) => (await import('./anomalies/anomalies.ts')).benchAnomalies(args),
  backtest: async (args) => {
    parseArgs({ args: [...args], options: {} });
    (await import('./speed/backtest.ts')).benchBacktest();
  },
  boost: async (args) => {
    parseArgs({ args: [...args], options: {} });
    (await import('./speed/boost.ts')).benchBoost();
  },
  neural: async (args) => {
    parseArgs({ args: [...args], options: {} });
    await (await import('./speed/neural.ts')).benchNeural();
  },
  events: async (args) => (await import('./calendar/events.ts')).benchEvents(args),
  fits: async (args) => {
    parseArgs({ args: [...args], options: {} });
    (await import('./speed/fits.ts')).benchFits();
  },
  forecast: async (args) => (await import('./forecast/forecast.ts')).benchForecast(args),
  graph: async (args) => (await import('./forecast/graph.ts')).benchGraph(args),
  models: async (args) => (await import('./forecast/models.ts')).benchModels(args),
  rough: async (args) => (await import('./scaling/rough.ts')).benchRough(args),
  scaling: async (args) => (await import('./scaling/scaling.ts')).benchScaling(args),
  selection: async (args) => (await import('./selection/selection.ts')).benchSelection(args),
  spot: async (args) => (await import('./spot/spot.ts')).benchSpot(args),
  transfer: async (args) => (await import('./forecast/models.ts')).benchTransfer(args),
  tick: async (args) => {
    parseArgs({ args: [...args], options: {} });
    await (await import('./speed/tick.ts')).benchTick();
  },
  simulate: async (args) => {
    parseArgs({ args: [...args], options: {} });
    await (await import('./speed/simulate.ts')).benchSimulate();
  },
};

const [name = '', ...rest] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (name === '--help' || name === '-h') {
  process.stdout.write(HELP);
} else if (bench === undefined) {
  process.stderr.write(`no bench "${name}"; known: ${Object.keys(BENCHES).join(', ')}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  try {
    await bench(rest);
  } catch (error) {
    if (!isBadUsage(error)) throw error;
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exitCode = 2;
  }
}

/** An option that is not known, or one that cannot be what it says. */
function isBadUsage(error: unknown): error is Error {
  if (error instanceof BadInputError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
