import { type CaseFigures, changeOfFigures } from '../../models/simulate/case-figures.ts';
import { duration, fixed, load, number, UNKNOWN } from '../page/format.ts';
import { armName } from '../report/arm-names.ts';
import { type Column, textTable } from '../table.ts';
import { sayChanges } from './changes.ts';
import { figuresOf } from './figures-of.ts';
import { repairsOf, type SimulatedCase, type Simulation } from './simulate.ts';

/** How the load as it was is called. */
const BASE = 'as it was';

/** A simulation for people: what each case is, then for each policy its figures in every case beside the base's. */
export function simulationTable(simulation: Simulation): string {
  const { base, whatIfs } = simulation;
  const { trace, problem } = base.run;
  const { scoreFrom, scoreTo, stepSeconds, filledSteps } = problem;
  const head = `${trace}: ${number(scoreTo - scoreFrom)} scored steps of ${duration(stepSeconds)}, ${number(filledSteps)} blank step(s)`;
  const cases = [base, ...whatIfs];
  const figures = cases.map(figuresOf);
  const rows = [...figures[0]!.keys()].flatMap((policy) => rowsOf(policy, cases, figures));
  return [
    `${[head, ...repairsOf(simulation)].join('\n')}\n`,
    textTable(CASE_COLUMNS, cases.map(caseCells)),
    textTable(COLUMNS, rows),
    READING,
    ...(cases.some(({ run }) => run.roughness !== undefined) ? [ROUGH] : []),
  ].join('\n');
}

const right = (title: string): Column => ({ title, align: 'right' });

const CASE_COLUMNS: readonly Column[] = [
  { title: 'case', align: 'left' },
  ...['boot', 'penalty', 'lag', 'mean need', 'most'].map(right),
];

const caseCells = ({ changes, run: { problem } }: SimulatedCase): readonly string[] => [
  sayChanges(changes) || BASE,
  `${number(problem.bootSteps)} step(s)`,
  number(problem.penalty, 3),
  `${number(problem.lagSteps)} step(s)`,
  load(problem.meanNeed),
  number(problem.maxNeed),
];

const COLUMNS: readonly Column[] = [
  { title: 'policy', align: 'left' },
  ...['price J', '±', 'J/J*', '±', 'cost', '±', 'short', '±', 'worst hour', '±'].map(right),
];

const READING =
  'price J = cost + penalty × short, in units × steps; worst hour: most that was paid above the optimum in one hour;\n' +
  '±: against the load as it was. J/J* compares with who knew the future of the same case.\n';

const ROUGH =
  'spread, granted, billed: one course, always with the same chances, against the optimum of a world without them;\n' +
  'Prescale keeps to the course that it takes in that world.\n';

function rowsOf(
  policy: string,
  cases: readonly SimulatedCase[],
  figures: readonly ReadonlyMap<string, CaseFigures>[],
): readonly (readonly string[])[] {
  const own = figures.map((all) => all.get(policy)!);
  const rows = cases.map(({ changes }, i) => [`  ${sayChanges(changes) || BASE}`, ...cells(own[0]!, own[i]!, i > 0)]);
  return [[armName(policy)], ...rows];
}

function cells(base: CaseFigures, here: CaseFigures, isChanged: boolean): readonly string[] {
  const change = changeOfFigures(base, here);
  const by = (text: string): string => (isChanged ? text : '');
  return [
    number(here.J),
    by(signed(change.J)),
    fixed(here.ratio, 3),
    by(signedRatio(change.ratio)),
    number(here.cost),
    by(signed(change.cost)),
    number(here.short),
    by(signed(change.short)),
    here.worst === null ? UNKNOWN : number(here.worst.excess),
    by(signed(change.worst)),
  ];
}

const signed = (share: number | null): string =>
  share === null ? UNKNOWN : withSign(share, `${fixed(Math.abs(share) * 100, 1)} %`);

const signedRatio = (difference: number): string => withSign(difference, fixed(Math.abs(difference), 3));

/** What rounds to nothing has no sign. */
const withSign = (value: number, size: string): string =>
  /[1-9]/.test(size) ? `${value < 0 ? '−' : '+'}${size}` : size;
