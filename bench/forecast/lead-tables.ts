import type { LeadAccuracy } from '../../models/forecast/lead/lead-accuracy.ts';
import { LEVELS } from '../../models/forecast/lead/lead-intervals.ts';
import { mean, median } from '../../models/kernel/statistics.ts';
import { LEAD_NAMES, type LeadName, type MeasuredSeries } from './lead-measures.ts';
import { shown } from './shown.ts';

/** What is to be reached in the median (docs/evaluation.md §1.2). */
const WANTED: Readonly<Record<LeadName, { readonly accuracy: number; readonly skill: number }>> = {
  '1h': { accuracy: 95, skill: 0.9 },
  '24h': { accuracy: 85, skill: 0.95 },
  '7d': { accuracy: 75, skill: 1 },
};

/** One table for each lead, medians last. */
export const leadTables = (measured: readonly MeasuredSeries[]): string =>
  LEAD_NAMES.map((lead) => leadTable(lead, measured)).join('\n\n');

function leadTable(lead: LeadName, measured: readonly MeasuredSeries[]): string {
  const known = measured.flatMap(({ series, leads }) => {
    const one = leads[lead];
    return one === undefined ? [] : [{ series, ...one.figures, alone: one.alone }];
  });
  const rows = known.map(({ series, targets, accuracy, mase, skill, coverage }) => {
    const shares = coverage.map((share) => shown(share, 3));
    return `| ${series} | ${targets} | ${shown(accuracy, 1)} | ${shown(mase, 3)} | ${shown(skill, 3)} | ${shares.join(' | ')} |`;
  });
  const targets = known.reduce((sum, one) => sum + one.targets, 0);
  const pooled = LEVELS.map((_, k) =>
    shown(mean(known.map((one) => (one.targets * one.coverage[k]! * known.length) / targets)), 3),
  );
  const skills = finite(known.map(({ skill }) => skill));
  const above = skills.filter((skill) => skill > 1.02).length;
  const alone = known.map((one) => one.alone);
  return `### ${lead}: ${known.length} series, ${above} of them refused (skill above 1.02)

| series | targets | accuracy % | MASE | skill | ${LEVELS.map((level) => `within ${level}`).join(' | ')} |
| --- | ---: | ---: | ---: | ---: | ${LEVELS.map(() => '---:').join(' | ')} |
${rows.join('\n')}
| **median, and coverage of all targets** | ${targets} | ${mediansOf(known)} | ${pooled.join(' | ')} |
| *median, learning from the record alone* | ${targets} | ${mediansOf(alone)} | ${LEVELS.map(() => '').join(' | ')} |
| *wanted* | | ${WANTED[lead].accuracy} | | ≤ ${WANTED[lead].skill.toFixed(2)} | ${LEVELS.join(' | ')} |`;
}

const finite = (values: readonly number[]): readonly number[] => values.filter(Number.isFinite);

const mediansOf = (all: readonly LeadAccuracy[]): string =>
  [
    shown(median(finite(all.map(({ accuracy }) => accuracy))), 1),
    ...[all.map(({ mase }) => mase), all.map(({ skill }) => skill)].map((values) => shown(median(finite(values)), 3)),
  ].join(' | ');
