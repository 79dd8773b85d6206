import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';

/** RFC 1035, as Compute Engine asks of its resources. */
const LONGEST = 63;
const HASH = 8;

/**
 * The name of the resource of a construct: readable, unique in the app and the same at each synthesis. Lower-case letters, digits and
 * hyphens, a letter first; 63 characters at most, of which the last eight tell apart what was cut or folded together.
 *
 * @param longest what the resource's own kind allows, if that is less
 * @param child id of the child whose resource it is, where that does not exist yet
 * @see https://cloud.google.com/compute/docs/naming-resources
 */
export function resourceName(construct: Construct, longest: number = LONGEST, child?: string): string {
  const path = child === undefined ? construct.node.path : `${construct.node.path}/${child}`;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, HASH);
  const readable = path
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const cut = readable.slice(0, longest - HASH - 1).replace(/-+$/, '');
  return `${cut === '' ? 'r' : cut}-${hash}`;
}
