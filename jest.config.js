process.env.CDK_VALIDATION ??= 'false';

module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The tables of single faults and the oracles have a run of their own: `npm run test:faults`.
  testPathIgnorePatterns: ['/node_modules/', '/check/.*(?:faults|oracle|generated)\\.test\\.ts$'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  globalSetup: '<rootDir>/test/run/make-shared-folder.ts',
  globalTeardown: '<rootDir>/test/run/remove-shared-folder.ts',
  setupFilesAfterEnv: ['<rootDir>/test/traces-of-errors-alone.ts'],
  testTimeout: 30_000,
  // Most of them wait for real servers: one worker, which is what Jest takes on two cores, would leave one core idle.
  maxWorkers: 2,
};
