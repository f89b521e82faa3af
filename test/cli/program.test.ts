import { describe, expect, it } from '@jest/globals';
import { prescale } from './run-prescale.ts';

const COMMANDS = [
  'forecast',
  'events',
  'inspect',
  'accuracy',
  'anomalies',
  'train',
  'backtest',
  'simulate',
  'explain',
  'replay',
  'report',
  'doctor',
  'pause',
  'resume',
  'release',
  'uninstall',
];

describe('the command line', () => {
  it('names every command in its help', async () => {
    const { code, out } = await prescale(['--help']);
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each(COMMANDS.map((name) => ({ name })))('$name --help shows a worked example and --json', async ({ name }) => {
    const { code, out, notes } = await prescale([name, '--help']);
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    expect(out).toMatch(new RegExp(`Examples?:\\n {2}prescale ${name}`));
    expect(out).toContain('--json');
  });

  it('says its version', async () => {
    expect(await prescale(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('shows its help and calls it bad usage when no command is given', async () => {
    const { code, out, notes } = await prescale([]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain('Usage: prescale');
  });

  it.each([{ args: ['backtets'] }, { args: ['backtets', '--help'] }])(
    'suggests the nearest command for one that does not exist: $args',
    async ({ args }) => {
      const { code, out, notes } = await prescale(args);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(notes).toContain('backtest?');
    },
  );

  it.each([
    { case: 'an unknown flag', args: ['doctor', '--gruop', 'web'], said: '--group' },
    { case: 'a flag without its value', args: ['backtest', '--trace'], said: 'argument missing' },
    { case: 'a required flag that is missing', args: ['backtest'], said: '--trace' },
    { case: 'an argument too many', args: ['resume', 'web'], said: 'too many arguments' },
  ])('refuses $case as bad usage', async ({ args, said }) => {
    const { code, out, notes } = await prescale(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes).toContain(said);
  });

  it.each([
    { args: ['pause'] },
    { args: ['explain', '--group', 'web'] },
    { args: ['report', '--group', 'web', '--out', 'web.html'] },
    { args: ['uninstall', '--yes'] },
  ])('$args says in one line that nobody is signed in, and that is bad input', async ({ args }) => {
    const { code, out, notes } = await prescale(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(notes.trim()).toBe('prescale: no AWS credentials: sign in');
  });
});
