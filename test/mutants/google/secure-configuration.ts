import { readFileSync } from 'node:fs';
import { exampleFile } from '../../check/examples';
import type { Configuration } from './configuration';

/** The secure example that a mutant is made of. */
export type GoogleExample = 'Invoices' | 'Storefront';

const configurations = new Map<GoogleExample, Configuration>();

/** The example's configuration as it is synthesised. */
export function secureConfiguration(example: GoogleExample): Configuration {
  const known = configurations.get(example) ?? read(example);
  configurations.set(example, known);
  return known;
}

function read(example: GoogleExample): Configuration {
  return JSON.parse(readFileSync(exampleFile(example), 'utf8')) as Configuration;
}
