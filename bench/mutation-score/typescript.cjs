// Lets Node require the TypeScript of lib and test as it stands: the mutants are those that the tests make, and nothing is compiled before.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const OPTIONS = {
  jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
  sourceMaps: false,
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename });
  // oxlint-disable-next-line no-underscore-dangle -- what Node calls it
  module._compile(code, filename);
};
