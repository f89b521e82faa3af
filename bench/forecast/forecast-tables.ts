import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { mean, median } from '../../models/kernel/statistics.ts';
import type { Contest } from './commands.ts';
import { LEAD_NAMES, type LeadName, type MeasuredSeries } from './lead-measures.ts';

const shown = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);

/** Models of the contest, the best first; `auto` is what the tool would take. */
export function contestTable({ series, models }: Contest): string {
  const naive = models['seasonal-naive']?.OWA ?? Number.NaN;
  const ranked = Object.entries(models).sort(([, a], [, b]) => (a.OWA ?? 9) - (b.OWA ?? 9));
  const rows = ranked.map(([name, { sMAPE, MASE, OWA, secondsPerSeries }]) => {
    const cells = [shown(sMAPE, 3), shown(MASE, 3), shown(OWA, 4), shown((OWA ?? Number.NaN) / naive, 3)];
    return `| ${name} | ${cells.join(' | ')} | ${shown(secondsPerSeries, 3)} |`;
  });
  return `${series} series; \`auto\` chose on the last 48 h of the histories alone, and learns from all histories together.

| model | sMAPE | MASE | OWA | of the seasonal naive | seconds a series |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`;
}

/** One table for each lead, medians last. */
export const leadTables = (measured: readonly MeasuredSeries[]): string =>
  LEAD_NAMES.map((lead) => leadTable(lead, measured)).join('\n\n');

function leadTable(lead: LeadName, measured: readonly MeasuredSeries[]): string {
  const known = measured.flatMap(({ series, leads }) => {
    const one = leads[lead];
    return one === undefined ? [] : [{ series, ...one.figures }];
  });
  const rows = known.map(({ series, targets, accuracy, mase, skill, coverage }) => {
    const shares = coverage.map((share) => shown(share, 3));
    return `| ${series} | ${targets} | ${shown(accuracy, 1)} | ${shown(mase, 3)} | ${shown(skill, 3)} | ${shares.join(' | ')} |`;
  });
  const targets = known.reduce((sum, one) => sum + one.targets, 0);
  const pooled = LEVELS.map((_, k) =>
    shown(mean(known.map((one) => (one.targets * one.coverage[k]! * known.length) / targets)), 3),
  );
  const finite = (values: readonly number[]): readonly number[] => values.filter(Number.isFinite);
  const skills = finite(known.map(({ skill }) => skill));
  const above = skills.filter((skill) => skill > 1.02).length;
  const medians = [finite(known.map(({ accuracy }) => accuracy)), finite(known.map(({ mase }) => mase)), skills].map(
    median,
  );
  const last = [shown(medians[0], 1), shown(medians[1], 3), shown(medians[2], 3), ...pooled];
  return `### ${lead}: ${known.length} series, ${above} of them refused (skill above 1.02)

| series | targets | accuracy % | MASE | skill | ${LEVELS.map((level) => `within ${level}`).join(' | ')} |
| --- | ---: | ---: | ---: | ---: | ${LEVELS.map(() => '---:').join(' | ')} |
${rows.join('\n')}
| **median, and coverage of all targets** | ${targets} | ${last.join(' | ')} |`;
}
