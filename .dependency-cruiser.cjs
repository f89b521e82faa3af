const numerical = '^node_modules/(@tensorflow|@bsull/augurs|arima|highs|date-holidays)';
const stage = (name, allowed) => ({
  name: `models-${name}-looks-back-only`,
  severity: 'error',
  comment: `A stage may know the kernel and the stages before it, never the ones after. Pass what ${name}/ needs as plain data.`,
  from: { path: `^models/${name}/` },
  to: { path: '^models/', pathNot: `^models/(kernel|${[name, ...allowed].join('|')})/` },
});

/** The rooms and the doors between them. Each rule says why it exists and what to do instead. */
module.exports = {
  forbidden: [
    {
      name: 'models-are-pure',
      severity: 'error',
      comment: 'models/ computes; it may not reach AWS, Node I/O, the loop or any shell. Pass the data in instead.',
      from: { path: '^models/' },
      to: { pathNot: ['^models/', numerical] },
    },
    stage('kernel', []),
    stage('clean', []),
    // Time as people keep it: zones, days, events and what they do to a load.
    stage('calendar', []),
    // A detector takes any readings one by one: it knows no grid and no load.
    stage('anomaly', []),
    // What a load is made of, and what it can be learned from.
    stage('features', ['clean', 'calendar', 'boost']),
    stage('queue', []),
    // Regression trees learn from any table: they know no load, no forecast and no decision.
    stage('boost', []),
    // Networks read windows of numbers and know no load; the tensor library comes in as an argument.
    stage('neural', []),
    stage('forecast', ['clean', 'calendar', 'features', 'boost', 'neural']),
    stage('decide', ['forecast', 'clean', 'queue', 'boost']),
    stage('guard', ['decide']),
    stage('learn', ['clean', 'calendar', 'anomaly', 'forecast', 'decide', 'guard', 'simulate', 'boost']),
    {
      name: 'loop-knows-only-models',
      severity: 'error',
      comment:
        'The loop orders the stages and names what it needs from the world as ports. Put I/O behind a port in adapters/.',
      from: { path: '^loop/' },
      to: { pathNot: ['^(loop|models)/', '^node_modules/zod'] },
    },
    {
      name: 'sdk-only-in-adapters',
      severity: 'error',
      comment:
        'Only adapters/ talks to AWS, so that a twin can replace it. Add a port to loop/ports.ts and implement it there.',
      from: { path: '^(models|loop|lambdas|cli|bench|cdk)/' },
      to: { path: '^node_modules/@aws-sdk' },
    },
    {
      name: 'adapters-serve-the-loop',
      severity: 'error',
      comment:
        'An adapter makes a port real; it never wires itself. Wiring belongs to lambdas/, cli/, bench/ and tools/.',
      from: { path: '^adapters/' },
      to: { path: '^(lambdas|cli|bench|cdk|tools|test)/' },
    },
    {
      name: 'shells-do-not-know-each-other',
      severity: 'error',
      comment:
        'Lambdas and CLI are separate shells that share the names of their settings. Move what else they share to adapters/ or loop/.',
      from: { path: '^(lambdas|cli)/' },
      to: { path: '^(lambdas|cli|bench|cdk|test|tools)/', pathNot: ['^$1/', '^lambdas/shared/config\\.ts$'] },
    },
    {
      name: 'benches-measure-what-ships',
      severity: 'error',
      comment:
        'A bench runs the functions, the emulator and whole commands as they are; of the command line it reads files alone.',
      from: { path: '^bench/' },
      to: { path: '^(cli|cdk|test)/', pathNot: '^cli/(trace|readings|accuracy/(contest-set|scores-file))[.]ts$' },
    },
    {
      name: 'production-does-not-simulate',
      severity: 'error',
      comment:
        'What runs in an account decides on what it sees. Only fits, backtests, benches and rehearsals simulate.',
      from: {
        path: '^(loop|lambdas|models/(kernel|clean|calendar|features|anomaly|boost|neural|forecast|decide|guard))/',
      },
      to: { path: '^models/simulate/' },
    },
    {
      name: 'cdk-knows-only-configs',
      severity: 'error',
      comment: 'The stack deploys the functions; it shares with them the names of their settings and nothing else.',
      from: { path: '^cdk/' },
      to: { path: '^(models|loop|adapters|cli|bench|tools|test|lambdas)/', pathNot: '^lambdas/[^/]+/config\\.ts$' },
    },
    {
      name: 'functions-serve-without-tensors',
      severity: 'error',
      comment: 'What runs in an account serves networks by models/neural alone, so that its bundle stays small.',
      from: { path: '^lambdas/' },
      to: { path: '^adapters/tensors/', reachable: true },
    },
    {
      name: 'no-test-imports',
      severity: 'error',
      comment: 'What ships does not depend on its tests.',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A cycle means that two rooms are one concept.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module that nobody imports and that is no entry is dead. Delete it or wire it.',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '(^|/)(jest\\.config|\\.dependency-cruiser)', '^tools/', '^test/'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'An import must resolve.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(cdk\\.out|dist|\\.emulator|\\.venv)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
