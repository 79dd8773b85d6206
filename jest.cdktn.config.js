// The constructs of Google Cloud once more, on the successor of CDKTF: the alias that a user writes in package.json is one of modules here.
const config = require('./jest.config.js');

module.exports = {
  ...config,
  roots: ['<rootDir>/test/google'],
  // Scripts and units know no framework, and there is none to mix with when both names mean one.
  testPathIgnorePatterns: ['/test/google/machine/', 'framework'],
  moduleNameMapper: { '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
};
