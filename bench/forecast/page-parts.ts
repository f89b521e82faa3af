import { BadInputError } from '../../models/kernel/errors.ts';

/** The parts of the page that can be measured by themselves, in its order, by the heading that each begins with. */
const HEADINGS = {
  contest: '## Hourly series, two days ahead',
  loads: '## Every model on every load',
  leads: '## One load at a lead',
} as const;

export type PartName = keyof typeof HEADINGS;
export const PART_NAMES: readonly PartName[] = ['contest', 'loads', 'leads'];

/** Texts of parts, without the heading that they begin with. */
export type Parts = Readonly<Partial<Record<PartName, string>>>;

const HEAD = `# Forecasts: how far they are off

By docs/evaluation.md §1.1 and §1.2; how it works, what it was developed on and every look at what is scored:
docs/designs/0005-forecasts.md. \`npm run bench -- forecast --data DIR\`, or one part of it: \`--parts ${PART_NAMES.join('|')}\`.
Below each part stands when it was measured.`;

/** Names of parts, comma-separated. Throws `BadInputError` for what is none. */
export function partNames(given: string): readonly PartName[] {
  const wanted = given.split(',');
  const unknown = wanted.find((name) => !PART_NAMES.some((known) => known === name));
  if (unknown === undefined) return PART_NAMES.filter((name) => wanted.includes(name));
  throw new BadInputError(`--parts ${given}: "${unknown}" is none of ${PART_NAMES.join(', ')}`);
}

/** The page of these parts; those that were not measured are as they stand in the page before it. */
export function pageOf(measured: Parts, standing: string): string {
  const parts = PART_NAMES.flatMap((name) => {
    const text = measured[name] ?? standingPart(standing, HEADINGS[name]);
    return text === undefined ? [] : [`${HEADINGS[name]}\n\n${text.trim()}`];
  });
  return `${[HEAD, ...parts].join('\n\n')}\n`;
}

/** From below a heading to the heading of another part; undefined where the page lacks it. */
function standingPart(page: string, heading: string): string | undefined {
  const [, rest] = page.split(`${heading}\n`);
  if (rest === undefined) return undefined;
  const ends = Object.values(HEADINGS).map((other) => rest.indexOf(`\n${other}\n`));
  return rest.slice(0, Math.min(...ends.filter((end) => end >= 0), rest.length));
}
