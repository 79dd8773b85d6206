// Deployments of every two options together take minutes: `npm run test:combinations`. What cannot be together is asked with `npm test`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/combinations/**/*.combinations.ts'],
  testTimeout: 300_000,
  // Each boots real servers, and waits more than it computes.
  maxConcurrency: 2,
};
