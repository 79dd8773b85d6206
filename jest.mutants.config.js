// The whole catalogue of mutants takes minutes: `npm run test:mutants`. A few of them run with `npm test`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/mutants/**/*.mutants.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
  // Each boots real servers, and waits more than it computes.
  maxConcurrency: 2,
};
