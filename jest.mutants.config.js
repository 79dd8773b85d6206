// Every guard removed, and the real servers attacked: `npm run test:mutants`. What is read alone runs with the single faults.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/mutants/**/*.mutants.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/mutants/check/', '(?:oracle|parity)\\.mutants\\.ts$'],
  testTimeout: 300_000,
  maxWorkers: 1,
  // Each boots real servers, and waits more than it computes.
  maxConcurrency: 2,
};
