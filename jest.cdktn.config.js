// The constructs of Google Cloud once more, on the successor of CDKTF: the alias that a user writes in package.json is one of modules here.
const config = require('./jest.config.js');

module.exports = {
  ...config,
  roots: ['<rootDir>/test/google'],
  moduleNameMapper: { '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
};
