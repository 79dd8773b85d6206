import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { MAX_FILE_BYTES } from '../artifact/bounds';

/**
 * The constructs that made the resources of a template, by logical id, where `cdk synth` kept them beside it: in the manifest of the
 * assembly, or in the file that it names. Whatever is not understood there tells nothing; no verdict rests on it.
 *
 * @param file the template
 */
export function assemblyConstructs(file: string): ReadonlyMap<string, string> {
  const folder = dirname(file);
  const artifacts = entriesOf(entryOf(readJson(join(folder, 'manifest.json')), 'artifacts'));
  const stack = artifacts.find(
    ([, artifact]) => entryOf(entryOf(artifact, 'properties'), 'templateFile') === basename(file),
  );
  const apart = entryOf(stack?.[1], 'additionalMetadataFile');
  const kept = [
    entryOf(stack?.[1], 'metadata'),
    typeof apart === 'string' && basename(apart) === apart ? readJson(join(folder, apart)) : undefined,
  ];
  return new Map(
    kept.flatMap(entriesOf).flatMap(([path, metadata]) =>
      (Array.isArray(metadata) ? (metadata as readonly unknown[]) : [])
        .filter((each) => entryOf(each, 'type') === 'aws:cdk:logicalId')
        .flatMap((each) => {
          const id = entryOf(each, 'data');
          return typeof id === 'string' ? [[id, path.replace(/^\//, '').replace(/\/Resource$/, '')] as const] : [];
        }),
    ),
  );
}

function readJson(file: string): unknown {
  const found = statSync(resolve(file), { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > MAX_FILE_BYTES) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function entryOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
