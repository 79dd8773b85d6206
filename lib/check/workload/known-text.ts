import { createHash } from 'node:crypto';
import { KNOWN_FILES } from './known-machine-scripts';

/** Whether a release of portcullis puts just this text at a path. */
export function isKnownText(path: string, content: string): boolean {
  const known = Object.hasOwn(KNOWN_FILES, path) ? KNOWN_FILES[path] : undefined;
  return known?.includes(createHash('sha256').update(content).digest('hex')) === true;
}
