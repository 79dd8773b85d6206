import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of an npm package as it is installed. */
export function versionOfPackage(name: string): string {
  const manifest = join(__dirname, '../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
