/** Two projects: `core` needs nothing but Node; `emulator` needs AWS's wire protocol (tools/emulator, or an endpoint given). */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '<rootDir>/tools/test/near-globals.mjs',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/(cdk\\.out|dist|\\.emulator|\\.demo|\\.cache|\\.venv)/'],
};

export default {
  // A process takes its time to start on a busy machine; what hangs is still found.
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'core',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.emulator\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'emulator',
      testMatch: ['<rootDir>/test/emulator/**/*.emulator.test.ts'],
      globalSetup: '<rootDir>/test/emulator/global-setup.ts',
      globalTeardown: '<rootDir>/test/emulator/global-teardown.ts',
    },
  ],
};
