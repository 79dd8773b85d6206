// What the first check of a process costs, and its peak of memory in MB: `node bench/check/first.mjs Billing [further rules]`.
import { checkFile, fileOf, withRules } from './inputs.mjs';

const [, , name, rules = '0'] = process.argv;
const { read, check } = checkFile(name, rules === '0' ? fileOf(name) : withRules(name, Number(rules)));
console.log(JSON.stringify({ read, check, memory: process.resourceUsage().maxRSS / 1_024 }));
