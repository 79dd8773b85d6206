// What other scanners say, of our templates and of faults: they take minutes. `npm run test:scanners`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/*.scanners.ts'],
  testTimeout: 600_000,
};
