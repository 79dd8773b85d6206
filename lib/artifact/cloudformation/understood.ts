import type { Property } from '../property';
import { isMap } from '../value';

/** Reports the entries of a map that are not among those that the reader understands. */
export function reportNotUnderstood(map: Property, understood: readonly string[]): void {
  if (!isMap(map.value)) return;
  for (const name of map.value.keys()) {
    if (!understood.includes(name)) map.get(name).unreadable('is a setting that is not understood');
  }
}
