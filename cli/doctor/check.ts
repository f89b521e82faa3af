/** `good`: nothing to do. `note`: worth knowing. `bad`: something will not work until it is mended. */
export type Verdict = 'good' | 'note' | 'bad';

/** One thing that was looked at. */
export interface Check {
  /** The group's name, or undefined for what concerns the whole installation. */
  readonly group?: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly finding: string;
  /** What to do; present unless all is good. */
  readonly remedy?: string;
}

export const good = (name: string, finding: string): Check => ({ name, verdict: 'good', finding });

export const note = (name: string, finding: string, remedy: string): Check => ({
  name,
  verdict: 'note',
  finding,
  remedy,
});

export const bad = (name: string, finding: string, remedy: string): Check => ({
  name,
  verdict: 'bad',
  finding,
  remedy,
});

/** Runs a check; whatever it throws is itself the finding, because a doctor goes on to the next organ. */
export async function attempt(name: string, remedy: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return bad(name, said, remedy);
  }
}
