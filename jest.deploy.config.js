// The examples are deployed, updated and destroyed by the real command line, on an emulator: `npm run test:deploy`.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['**/deploy/**/*.deploy.ts'],
  testTimeout: 300_000,
};
