// What the first check of a process costs: `node bench/check/first.mjs Billing`.
import { checkFile, fileOf } from './inputs.mjs';

const [, , name] = process.argv;
const { read, check } = checkFile(name, fileOf(name));
console.log(JSON.stringify({ read, check }));
