import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../artifact/artifact';
import { type ResourcePlace, resourcePlaces } from '../artifact/resource-places';
import { assemblyConstructs } from './assembly-metadata';

/** Where a resource stands, and in which file. */
export interface Place extends ResourcePlace {
  readonly file: string;
}

/** Where the resource stands that a logical id, or a part of one, is about. */
export type Places = (subject: string) => Place | undefined;

/**
 * Where the resources of an artifact stand in its file, or in the files of its folder. Nothing stands anywhere where there is no such file.
 */
export function placesOf({ file }: Pick<Artifact, 'file'>): Places {
  const places = new Map<string, Place>();
  for (const each of filesOf(file)) {
    const constructs = assemblyConstructs(each);
    for (const [id, place] of resourcePlaces(readFileSync(each, 'utf8'))) {
      const constructPath = place.constructPath ?? constructs.get(id);
      places.set(id, { file: each, line: place.line, ...(constructPath !== undefined && { constructPath }) });
    }
  }
  return (subject) => {
    const id = wholeOf(subject, (each) => places.has(each));
    return id === undefined ? undefined : places.get(id);
  };
}

/** Of a subject that is a resource or, with slashes and names behind it, a part of one: the resource. */
function wholeOf(subject: string, isResource: (id: string) => boolean): string | undefined {
  if (isResource(subject)) return subject;
  const end = subject.lastIndexOf('/');
  return end < 0 ? undefined : wholeOf(subject.slice(0, end), isResource);
}

function filesOf(file: string): readonly string[] {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [file];
  return readdirSync(file)
    .filter((name) => name.endsWith('.tf.json'))
    .sort()
    .map((name) => join(file, name));
}
