import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { pooledShare } from '../../models/forecast/metrics/pooled-share.ts';
import { meanRatio } from '../mean-ratio.ts';
import type { MeasuredHotPath } from './hot-path.ts';
import {
  type HeldByLevel,
  LEAD_NAMES,
  LEADS,
  type LeadName,
  type MeasuredLead,
  type MeasuredSeries,
  PEAK_LEADS,
  SHIFT_LEADS,
  SHIFTS,
} from './lead-measures.ts';

const HEAD = `| what | ${LEVELS.join(' | ')} |
| --- | ${LEVELS.map(() => '---:').join(' | ')} |`;

/** One row: the share of all targets that each level held, and twice its standard error, in points. */
function row(name: string, held: readonly HeldByLevel[], block: number): string {
  const cells = LEVELS.map((level, k) => {
    const { share, error } = pooledShare(held.map((levels) => ({ values: levels[k]!, block })));
    const within = Math.abs(share - level) <= 2 * error;
    return `${share.toFixed(3)} ± ${(2 * error).toFixed(3)}${within ? '' : ' ✗'}`;
  });
  return `| ${name} | ${cells.join(' | ')} |`;
}

/** How well intervals and quantiles hold what they shall, pooled over the series. */
export function calibrationTables(measured: readonly MeasuredSeries[], hotPaths: readonly MeasuredHotPath[]): string {
  const of = (lead: LeadName): readonly MeasuredLead[] => measured.flatMap(({ leads }) => leads[lead] ?? []);
  const block = (lead: LeadName): number => Math.max(24, 2 * LEADS[lead]);
  const rows = LEAD_NAMES.flatMap((lead) => [
    row(
      `${lead}, central intervals`,
      of(lead).map(({ within }) => within),
      block(lead),
    ),
    row(
      `${lead}, the same with rates mixed (DtACI)`,
      of(lead).map(({ withinMixed }) => withinMixed),
      block(lead),
    ),
    row(
      `${lead}, upper quantiles`,
      of(lead).map(({ below }) => below),
      block(lead),
    ),
  ]);
  const peaks = PEAK_LEADS.map((lead) =>
    row(
      `the peak up to ${lead}, upper quantiles`,
      of(lead).flatMap(({ peaks: held }) => (held === undefined ? [] : [held])),
      block(lead),
    ),
  );
  return `Share of the targets that is held, pooled over the series, and two standard errors of a bootstrap over blocks of a day,
or of two leads where that is longer; ✗ where the nominal share lies outside. Thirds are by the forecast.

${[HEAD, ...rows, ...peaks, ...thirdRows(of('1h'))].join('\n')}

${lossTable(of)}

${shiftTable(measured)}

${hotPathTable(hotPaths)}`;
}

const THIRDS = ['lowest', 'middle', 'highest'] as const;

const inThird = (held: HeldByLevel, third: ArrayLike<number>, wanted: number): HeldByLevel =>
  held.map((values) => values.map((one, i) => (third[i] === wanted ? one : Number.NaN)));

const thirdRows = (leads: readonly MeasuredLead[]): readonly string[] =>
  THIRDS.map((name, t) =>
    row(
      `1h, upper quantiles, ${name} third`,
      leads.map(({ below, third }) => inThird(below, third, t)),
      24,
    ),
  );

/** Pinball loss beside that of the season repeated. */
function lossTable(of: (lead: LeadName) => readonly MeasuredLead[]): string {
  const rows = LEAD_NAMES.map((lead) => {
    const losses = of(lead).map(({ figures }) => figures.losses);
    const ratios = losses.map(({ pinball, naivePinball }) => pinball / naivePinball).filter((ratio) => ratio > 0);
    const known = ratios.filter(Number.isFinite);
    return `| ${lead} | ${meanRatio(known)} | ${known.filter((ratio) => ratio <= 0.95).length} of ${known.length} |`;
  });
  return `Pinball loss of the upper quantiles relative to the season repeated with split conformal quantiles:

| lead | geometric mean | at least 5 % below |
| --- | ---: | ---: |
${rows.join('\n')}`;
}

/** Hours after the shift: those whose load could not be known, where a lead is a day, and those after them. */
const AFTER = {
  '1h': [
    { name: 'hours 0–24', from: 0, to: 24 },
    { name: 'hours 24–168', from: 24, to: 168 },
  ],
  '24h': [
    { name: 'hours 0–24, forecast before it', from: 0, to: 24 },
    { name: 'hours 24–48', from: 24, to: 48 },
    { name: 'hours 48–168', from: 48, to: 168 },
  ],
} as const;

function shiftTable(measured: readonly MeasuredSeries[]): string {
  const rows = SHIFT_LEADS.flatMap((lead, l) =>
    SHIFTS.flatMap((by, s) =>
      AFTER[lead].map(({ name, from, to }) => {
        const held = measured.flatMap(({ shifted }) => {
          const levels = shifted[l]?.[s];
          return levels === undefined ? [] : [levels.map((values) => values.subarray(from, to))];
        });
        return row(`${lead} ahead, load × ${by}, ${name}`, held, 24);
      }),
    ),
  );
  return `Central intervals after the load changes for good at 60 % of a record:

${[HEAD, ...rows].join('\n')}`;
}

function hotPathTable(hotPaths: readonly MeasuredHotPath[]): string {
  if (hotPaths.length === 0) return 'No record with steps of five minutes: the hot path is not measured.';
  const held = hotPaths.map((one) => one.held);
  const rows = [
    row('the peak, upper quantiles', held, 288),
    ...THIRDS.map((name, t) =>
      row(
        `the same, ${name} third`,
        hotPaths.map((one) => inThird(one.held, one.third, t)),
        288,
      ),
    ),
  ];
  return `The peak over the next quarter of an hour of ${hotPaths.length} five-minute loads, by the artefact that \`learn\` leaves and the hot path's
arithmetic:

${[HEAD, ...rows].join('\n')}`;
}
