const HELP = `npm run bench -- NAME

Measures, prints a table, and writes it to bench/results/NAME.md.
  tick   CPU of one warm turn of the deployed function's handler over AWS's wire protocol, and our own part of it
`;

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  tick: async () => (await import('./speed/tick.ts')).benchTick(),
};

const [name = '', ...rest] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (name === '--help' || name === '-h') {
  process.stdout.write(HELP);
} else if (bench === undefined || rest.length > 0) {
  process.stderr.write(`no bench "${[name, ...rest].join(' ')}"; known: ${Object.keys(BENCHES).join(', ')}\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await bench();
}
