// Deployments of every two options together take minutes: `npm run test:combinations`. What cannot be together is asked with `npm test`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/combinations/**/*.combinations.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
  // Each boots real servers and waits for them: three keep two cores busy.
  maxConcurrency: 3,
};
