import { mean, median } from '../../models/kernel/statistics.ts';
import { type Contest, LEADS, type MeasuredSeries } from './commands.ts';

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
  LEADS.map((lead) => leadTable(lead, measured)).join('\n\n');

function leadTable(lead: string, measured: readonly MeasuredSeries[]): string {
  const known = measured.flatMap(({ series, record }) => {
    const one = record?.leads[lead];
    return one === undefined || one.accuracy === null ? [] : [{ series, ...one }];
  });
  const levels = Object.keys(known[0]?.coverage ?? {});
  const rows = known.map(({ series, n, accuracy, MASE, skill, coverage }) => {
    const shares = levels.map((level) => shown(coverage[level], 3));
    return `| ${series} | ${n} | ${shown(accuracy, 1)} | ${shown(MASE, 3)} | ${shown(skill, 3)} | ${shares.join(' | ')} |`;
  });
  const of = (pick: (one: (typeof known)[number]) => number | null): readonly number[] =>
    known.flatMap((one) => pick(one) ?? []);
  const targets = known.reduce((sum, { n }) => sum + n, 0);
  const pooled = levels.map((level) => {
    const weighed = known.map(({ n, coverage }) => (n * (coverage[level] ?? Number.NaN) * known.length) / targets);
    return shown(mean(weighed), 3);
  });
  const skills = of(({ skill }) => skill);
  const above = skills.filter((skill) => skill > 1.02).length;
  const medians = [of(({ accuracy }) => accuracy), of(({ MASE }) => MASE), skills].map(median);
  const last = [shown(medians[0], 1), shown(medians[1], 3), shown(medians[2], 3), ...pooled];
  return `### ${lead}: ${known.length} series, ${above} of them refused (skill above 1.02)

| series | targets | accuracy % | MASE | skill | ${levels.map((level) => `within ${level}`).join(' | ')} |
| --- | ---: | ---: | ---: | ---: | ${levels.map(() => '---:').join(' | ')} |
${rows.join('\n')}
| **median, and coverage of all targets** | ${targets} | ${last.join(' | ')} |`;
}
