import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { forecasterFiles } from '../../adapters/fit/forecaster-files.ts';
import { forecasters } from '../../models/forecast/registry.ts';
import { meanRatio } from '../mean-ratio.ts';
import { provenance } from '../provenance.ts';
import { ROOT } from '../scaling/series.ts';
import { choiceTable, type Walked } from './choice-table.ts';
import { type DriftRow, driftRow, livesOf, SHIFTS } from './drift-walk.ts';
import { type HalfHistory, halfHistories } from './histories.ts';
import { changesIn, costOver, morningsOf, type ServedDay, served } from './switch-walk.ts';

const RESULTS = path.join(ROOT, 'bench/results/selection.md');

/** Prices of a change of champion that are tried, as shares of the standing one's loss. */
const PRICES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 1] as const;

interface Measured extends Walked {
  readonly drift: readonly DriftRow[];
  /** The days served at each of `PRICES`. */
  readonly switches: readonly (readonly ServedDay[])[];
}

/**
 * What a choice is worth, what a change of champion should cost, and how often drift is told where there is none and where the
 * load was shifted: on first halves alone. Writes bench/results/selection.md. Minutes.
 */
export async function benchSelection(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string', default: path.join(ROOT, 'data') } },
  });
  const measured = halfHistories(values.data).map((half) => {
    process.stderr.write(`${half.name}\n`);
    return measure(half);
  });
  const text = page(measured);
  writeFileSync(RESULTS, text);
  process.stdout.write(text);
}

function measure({ name, history }: HalfHistory): Measured {
  const lives = livesOf(history);
  const mornings = morningsOf(history, forecasters(forecasterFiles()));
  return {
    name,
    mornings,
    drift: SHIFTS.map((shift) => driftRow(history, lives, shift)),
    switches: PRICES.map((price) => served(mornings, price)),
  };
}

const page = (
  measured: readonly Measured[],
): string => `# Selection: what a choice is worth, the price of a change, and drift

First halves alone, steps of five and ten minutes. \`npm run bench -- selection --data DIR\`; what follows from it:
docs/designs/0009-learn.md and 0010-more-models.md.

## What the choice is worth

From the third day on, the newest twenty days; chosen by the days before when the controller would (weekly, or with half as much
history again), a change having its price; of all that came before, as recorded. Scored on what came: pinball loss of the
quantile at a penalty of 20 of the peak over 15 minutes (20 where steps are ten), absolute error of the day's path and of that of
48 hours. Geometric means over loads of the ratio to the day repeated, on the mornings that the row serves.

${choiceTable(measured)}

## A change of champion at a price

What the days served cost, in units of what they cost at the price 0: the geometric mean of peak and path; changes in brackets.
At 100 % the first choice stands for good.

${switchTable(measured)}

## Drift told, of the lives of six hours that a fit has

Lives with drift told, and median minutes from the shift to it; one hour after each fit the load is multiplied.

${driftTable(measured)}

${provenance()}
`;

function switchTable(measured: readonly Measured[]): string {
  const known = measured.filter(({ switches }) => (switches[0]?.length ?? 0) > 0);
  const relative = ({ switches }: Measured, k: number): number => {
    const [own, free] = [costOver(switches[k]!), costOver(switches[0]!)];
    return Math.sqrt((own.peak / free.peak) * (own.day / free.day));
  };
  const rows = known.map((one) => {
    const cells = one.switches.map((days, k) => `${relative(one, k).toFixed(3)} (${changesIn(days)})`);
    return `| ${one.name} | ${one.switches[0]!.length} | ${cells.join(' | ')} |`;
  });
  const means = PRICES.map((_, k) => {
    const changes = known.reduce((sum, { switches }) => sum + changesIn(switches[k]!), 0);
    return `${meanRatio(known.map((one) => relative(one, k)))} (${changes})`;
  });
  return `| series | mornings | ${PRICES.map((price) => `${100 * price} %`).join(' | ')} |
| --- | ---: | ${PRICES.map(() => '---:').join(' | ')} |
${rows.join('\n')}
| **geometric mean, changes** | | ${means.join(' | ')} |`;
}

function driftTable(measured: readonly Measured[]): string {
  const known = measured.filter(({ drift }) => (drift[0]?.lives ?? 0) > 0);
  const cell = ({ lives, told, minutes }: DriftRow, shifted: boolean): string =>
    `${told} of ${lives}${shifted && told > 0 ? `, ${Math.round(minutes)} min` : ''}`;
  const rows = known.map(({ name, drift }) => `| ${name} | ${drift.map((row, k) => cell(row, k > 0)).join(' | ')} |`);
  const sums = SHIFTS.map((_, k) => {
    const total = (pick: (row: DriftRow) => number): number =>
      known.reduce((sum, { drift }) => sum + pick(drift[k]!), 0);
    return `${total(({ told }) => told)} of ${total(({ lives }) => lives)}`;
  });
  return `| series | ${SHIFTS.map((shift) => (shift === 1 ? 'as recorded' : `× ${shift}`)).join(' | ')} |
| --- | ${SHIFTS.map(() => '---:').join(' | ')} |
${rows.join('\n')}
| **all** | ${sums.join(' | ')} |`;
}
