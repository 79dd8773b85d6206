// What the check says of faults by reading alone: its tables, every value of the examples changed once, what strangers would change, hostile
// files, and both clouds' networks against their oracles. Minutes on both cores, and no server is booted: `npm run test:faults`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: [
    '**/check/**/*{faults,oracle,generated}.test.ts',
    '**/mutants/check/**/*.mutants.ts',
    '**/mutants/*{oracle,parity}.mutants.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
};
