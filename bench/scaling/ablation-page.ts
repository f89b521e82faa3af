import { FULL, INFLATIONS, inflatedBy } from './ablation-rows.ts';
import { geometricMean } from './tables.ts';

/** J/J* of each ablation on one series. */
export interface Priced {
  readonly series: string;
  readonly ratios: Readonly<Record<string, number>>;
}

/** An ablation and its J/J* on each series. */
interface Row {
  readonly name: string;
  readonly ratios: readonly number[];
}

const CLAIRVOYANT = 'bound: the clairvoyant optimum';

/** The table of ablations as Markdown. */
export function ablationPage(
  priced: readonly Priced[],
  { absent, provenance }: { readonly absent: readonly string[]; readonly provenance: string },
): string {
  const rows = [...measured(priced), leftOut(priced), { name: CLAIRVOYANT, ratios: priced.map(() => 1) }];
  const full = meanOf(rows.find(({ name }) => name === FULL)!);
  const head = ['', ...priced.map(({ series }) => series), 'geometric mean', 'to the band'];
  const body = rows.map((row) => [
    row.name,
    ...row.ratios.map((ratio) => ratio.toFixed(4)),
    meanOf(row).toFixed(4),
    (meanOf(row) / full).toFixed(4),
  ]);
  return `# What each part of the plan is worth

J/J\\* by docs/evaluation.md §2 (p = 20, boot 300 s, lag 0, mean 20) **on first halves**: each series is cut to its first
half, and the second quarter of the whole is scored. The halves that results are reported on are not looked at here. The
band stands without guards and without the trial of its arms, fitted as the controller does.
\`npm run bench -- ablations\`.

${[head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${chosen(priced)}
${absent.length === 0 ? '' : `\nNot at hand: ${absent.join(', ')}.\n`}
${provenance}
`;
}

const meanOf = ({ ratios }: Row): number => geometricMean(ratios)!;

const measured = (priced: readonly Priced[]): readonly Row[] =>
  Object.keys(priced[0]?.ratios ?? {}).map((name) => ({ name, ratios: priced.map(({ ratios }) => ratios[name]!) }));

/** For each series the inflation that is best on all the others. */
function choices(priced: readonly Priced[]): readonly number[] {
  return priced.map(({ series }) => {
    const others = priced.filter((other) => other.series !== series);
    const means = INFLATIONS.map((inflation) =>
      geometricMean(others.map(({ ratios }) => ratios[inflatedBy(inflation)]!)),
    );
    const known = means.map((mean) => mean ?? Number.POSITIVE_INFINITY);
    return INFLATIONS[known.indexOf(Math.min(...known))]!;
  });
}

const leftOut = (priced: readonly Priced[]): Row => ({
  name: 'inflation chosen on the other series',
  ratios: choices(priced).map((inflation, i) => priced[i]!.ratios[inflatedBy(inflation)]!),
});

const chosen = (priced: readonly Priced[]): string =>
  `Inflation chosen on the other series: ${choices(priced)
    .map((inflation, i) => `${priced[i]!.series} ${inflation}`)
    .join(', ')}.`;
