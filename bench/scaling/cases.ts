/** What a run of all policies on one series is asked for; every field as the command line takes it. */
export interface Case {
  readonly name: string;
  readonly flags: readonly string[];
}

/** The table that policies are compared by: docs/evaluation.md §2. */
export const BASE: Case = { name: 'p 20, boot 300 s, lag 0, mean 20', flags: [] };

/** One thing changed at a time. */
export const VARIATIONS: readonly Case[] = [
  { name: 'p 5', flags: ['--penalty', '5'] },
  { name: 'p 100', flags: ['--penalty', '100'] },
  { name: 'boot 60 s', flags: ['--boot', '60'] },
  { name: 'boot 600 s', flags: ['--boot', '600'] },
  { name: 'lag 120 s', flags: ['--lag', '120'] },
  { name: 'mean 5', flags: ['--mean', '5'] },
  { name: 'mean 100', flags: ['--mean', '100'] },
];

/** Policies of the table; the base case runs all that there are. */
export const COMPARED = [
  'target-tracking-50',
  'target-tracking-70',
  'hpa-70',
  'aws-predictive',
  'lcp',
  'newsvendor',
  'tuned-reactive',
  'prescale',
] as const;
