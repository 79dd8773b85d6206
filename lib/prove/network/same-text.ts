import { literal, type Reference, type Text } from '../../artifact/text';

/**
 * Whether two texts of a file name one thing: a network, an account. A resource is named by any attribute of it, and a name by the end of
 * its path.
 *
 * @returns `undefined` where that shows at deployment alone: one of them is a name, and the other a reference
 */
export function sameText(one: Text, other: Text | undefined): boolean | undefined {
  if (other === undefined) return false;
  const [mine, theirs] = [literal(one), literal(other)];
  if (mine !== undefined && theirs !== undefined) return lastName(mine) === lastName(theirs);
  const [first, second] = [onlyReference(one), onlyReference(other)];
  if (first !== undefined && second !== undefined) return first.logicalId === second.logicalId;
  return JSON.stringify(one) === JSON.stringify(other) ? true : undefined;
}

function onlyReference(text: Text): Reference | undefined {
  const [part] = text;
  return text.length === 1 && typeof part === 'object' ? part : undefined;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
