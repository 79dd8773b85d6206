/** A value of a parsed file, free to be edited. */
export type Edited = any; // oxlint-disable-line typescript/no-explicit-any

/** Where a value stands in a file: keys and indices from its top. */
export type Path = readonly (string | number)[];

/** A value of a file that may be changed by itself. */
export interface Site {
  readonly path: Path;
  readonly value: unknown;
}

/** Every value below a place, the inner ones as well, in the order of the file. */
export function sitesBelow(
  value: unknown,
  path: Path,
  isLeaf: (value: unknown, path: Path) => boolean,
): readonly Site[] {
  const here: Site = { path, value };
  if (typeof value !== 'object' || value === null || isLeaf(value, path)) return [here];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [here, ...entries.flatMap(([key, inner]) => sitesBelow(inner, [...path, key], isLeaf))];
}

/** The value at a place. */
export function valueAt(file: unknown, path: Path): Edited {
  return path.reduce<Edited>((inner, key) => inner?.[key], file);
}

/** Puts a value in the place of another, or takes the key or item away. */
export function replaceAt(file: unknown, path: Path, value: unknown): void {
  const parent = valueAt(file, path.slice(0, -1));
  const key = path.at(-1) as string | number;
  if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(key as number, 1);
  else delete parent[key];
}
