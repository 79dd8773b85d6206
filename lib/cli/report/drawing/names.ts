import { type Places, placesOf } from '../../../check/places';
import type { Artifact } from '../../../artifact/artifact';
import { resolve, type Text } from '../../../artifact/text';

/** What the resources of a file are called where people look for them. */
export interface Names {
  /** The construct path below the stack, or the id where the file carries none. */
  of(id: string): string;
  /** A text with each resource in it by its name. */
  inText(text: Text): string;
}

/** The names of a file's resources. */
export function namesOf(artifact: Artifact): Names {
  const places: Places = placesOf(artifact);
  const stack = `${artifact.name}/`;
  const of = (id: string): string => {
    const path = places(id)?.constructPath;
    if (path === undefined) return id;
    const below = path.startsWith(stack) ? path.slice(stack.length) : path;
    return below.replace(/\/(?:Resource|Default)$/, '');
  };
  return {
    of,
    inText: (text) => resolve(text, ({ logicalId }) => of(logicalId)),
  };
}
