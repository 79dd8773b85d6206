// One scanner on some files, in a process of its own: `node worker.cjs SCANNER`, the paths as JSON on standard input, what it finds on standard output.
require('./typescript.cjs');
const { readFileSync } = require('node:fs');
const { scanned } = require('../../test/scanners/scanned.ts');
const { SCANNERS } = require('../../test/scanners/scanners.ts');

const scanner = SCANNERS.find(({ name }) => name === process.argv[2]);
if (scanner === undefined) throw new Error(`there is no scanner ${process.argv[2]}`);
// a scanner may print what it likes meanwhile
const { write } = process.stdout;
process.stdout.write = process.stderr.write.bind(process.stderr);
const found = scanned(scanner, JSON.parse(readFileSync(0, 'utf8')));
process.stdout.write = write.bind(process.stdout);
process.stdout.write(JSON.stringify([...found]));
