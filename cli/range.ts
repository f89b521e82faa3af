/** The least and the most that a flag takes, both permitted. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export const within = (value: number, { least, most }: Range): boolean => value >= least && value <= most;
