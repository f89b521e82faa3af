import { BOUND, FULL, INFLATIONS, inflatedBy } from './ablation-rows.ts';
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

/** What the names of the rows leave open. */
const NOTES = `- Normal errors: about the median of the past ones, as wide as their mean absolute error says.
- Present need unknown: neither as what is missing now nor as what the band never goes below.
- Fitted once: before the first decision; later steps are only looked back at.
- Negative-binomial noise: its variance about the regression's rate, fitted by pseudo-likelihood to the past of each
  horizon; gamma tail.
- Scenario paths: the expected course with up to 150 whole courses of past standardised errors from a like level; after the
  first move each path is planned for by one who knows it, so the plan is too hopeful.
- Other series: those at hand of the same step, only what lies before their scored steps; a series that is alone with its
  step is as in the first row.
- The arms' trial: band and tuned reactive rule, shared out by what each cost on load that neither had seen.
- Smooth rate known in advance: the mean of a quarter of an hour about each step (of three steps at least), noise of the
  past about it. It holds a share of the noise itself, so the bound is optimistic.
- All but the bounds decide on what is known alone; test/bench holds them to it.`;

/** The table of ablations as Markdown. */
export function ablationPage(
  priced: readonly Priced[],
  { absent, provenance }: { readonly absent: readonly string[]; readonly provenance: string },
): string {
  const run = measured(priced);
  const rows = [
    ...run.filter(({ name }) => name !== BOUND),
    leftOut(priced),
    ...run.filter(({ name }) => name === BOUND),
    { name: CLAIRVOYANT, ratios: priced.map(() => 1) },
  ];
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
band stands without guards, without the gate for refits and without the trial of its arms, fitted as the controller does.
\`npm run bench -- ablations\`.

${[head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

${NOTES}
- ${chosen(priced)}
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
