import { type Change, changesOf } from './operators';
import { embeddedIn } from './embedded';
import { extrasOf } from './extras';
import { type Edited, type Path, replaceAt, type Site, sitesBelow, valueAt } from './sites';

/** A file with one value changed. */
export interface Candidate {
  /** What kind of resource it is in; `-` for what is in none. */
  readonly type: string;
  /** Name of the resource, without what its construct path was hashed to. */
  readonly role: string;
  /** Where it stands in the resource: names of listed things in brackets, and no index. */
  readonly place: string;
  readonly operator: string;
  /** Where it stands in the file. */
  readonly path: Path;
  readonly edit: (file: Edited) => void;
}

/** A resource, and the place of it. */
interface Placed {
  readonly type: string;
  readonly role: string;
  readonly path: Path;
}

/** Every single change of a file. */
export function candidatesOf(file: Edited): readonly Candidate[] {
  return placesOf(file).flatMap((placed) => {
    const whole = valueAt(file, placed.path);
    return sitesBelow(whole, [], isLeaf).flatMap((site) => [
      ...[...changesOf(site.value, lastOf([...placed.path, ...site.path])), ...othersOf(file, site.value)].map(
        (change) => candidate(placed, whole, site.path, change),
      ),
      ...extrasOf(placed.type, site).map((change) => candidate(placed, whole, site.path, change)),
      ...piecesOf(site.value).flatMap(({ path, change }) => candidate(placed, whole, [...site.path, ...path], change)),
      ...(typeof site.value === 'string' ? inText(placed, whole, site, site.value) : []),
    ]);
  });
}

function candidate(placed: Placed, whole: unknown, path: Path, { operator, value }: Change): Candidate {
  const full = [...placed.path, ...path];
  return {
    type: placed.type,
    role: placed.role,
    place: placeOf(whole, path),
    operator,
    path: full,
    edit: (file) => replaceAt(file, full, value),
  };
}

/** Changes of what is written in a text. */
function inText(placed: Placed, whole: unknown, site: Site, text: string): readonly Candidate[] {
  const full = [...placed.path, ...site.path];
  return embeddedIn(text).flatMap(({ kind, document, written }) =>
    sitesBelow(document, [], () => false)
      .filter(({ path }) => path.length > 0)
      .flatMap((inner) =>
        (kind === 'json'
          ? [...changesOf(inner.value, lastOf(inner.path)), ...extrasOf('envoy', inner)]
          : [{ operator: 'delete' }, ...lineChanges(inner.value as string)]
        ).map((change): Candidate => ({
          type: kind === 'json' ? 'envoy' : 'script',
          role: placed.role,
          place:
            kind === 'json'
              ? placeOf(document, inner.path)
              : `${placeOf(whole, site.path)}:${String(inner.value).trim().slice(0, 60)}`,
          operator: change.operator,
          path: [...full, kind, ...inner.path],
          edit: (edited) => {
            const copy: unknown = structuredClone(document);
            replaceAt(copy, inner.path, change.value);
            replaceAt(edited, full, written(copy));
          },
        })),
      ),
  );
}

/** Flags of a command, each taken away and changed. */
function lineChanges(line: string): readonly Change[] {
  return [...line.matchAll(/ --?[a-z][a-z-]*(?:=[^ "]+)?/g)].flatMap(([flag], index) => [
    { operator: `flag-gone${flag.slice(0, 60)}#${index}`, value: line.replace(flag, '') },
    ...(flag.includes('=')
      ? [{ operator: `flag-other${flag.slice(0, 60)}#${index}`, value: line.replace(flag, `${flag}9`) }]
      : []),
  ]);
}

/** Of a text that is put together: its pieces, each made to stand for everything, and what follows a tag of an image. */
function piecesOf(value: Edited): readonly { readonly path: Path; readonly change: Change }[] {
  const pieces = isIntrinsic(value) ? value['Fn::Join']?.[1] : undefined;
  if (!Array.isArray(pieces)) return [];
  return [...pieces.entries()].flatMap(([index, piece]) =>
    typeof piece === 'string'
      ? [
          { operator: 'piece-star', value: '*' },
          ...changesOf(piece, index).filter(({ operator }) => /^(?:no-digest|latest)$/.test(operator)),
        ].map((change) => ({ path: ['Fn::Join', 1, index], change }))
      : [],
  );
}

/** References to a resource of the file, made to another of the same type, and to none. */
function othersOf(file: Edited, value: unknown): readonly Change[] {
  const text = JSON.stringify(value);
  if (file.Resources !== undefined) {
    if (!isIntrinsic(value)) return [];
    const named = /"(?:Ref|Fn::GetAtt)":\[?"(?<id>[A-Za-z0-9]+)"/.exec(text)?.groups?.['id'];
    const changes: Change[] = [
      { operator: 'star', value: '*' },
      { operator: 'unknown-text', value: 'something-else' },
    ];
    const type = named === undefined ? undefined : file.Resources[named]?.Type;
    if (named === undefined || type === undefined) return changes;
    const other = Object.keys(file.Resources).find((id) => id !== named && file.Resources[id].Type === type);
    return other === undefined
      ? changes
      : [
          ...changes,
          { operator: 'another-of-its-type', value: JSON.parse(text.replaceAll(`"${named}"`, `"${other}"`)) },
        ];
  }
  if (typeof value !== 'string') return [];
  const found = /\$\{(?<type>google_\w+)\.(?<id>\w+)\./.exec(value)?.groups;
  if (found === undefined) return [];
  const { type, id } = found as { type: string; id: string };
  const other = Object.keys(file.resource[type] ?? {}).find((each) => each !== id);
  return other === undefined
    ? []
    : [{ operator: 'another-of-its-type', value: value.replace(`${type}.${id}`, `${type}.${other}`) }];
}

function placesOf(file: Edited): readonly Placed[] {
  if (file.Resources !== undefined) {
    const rest = Object.keys(file).filter((key) => key !== 'Resources');
    return [
      ...Object.entries(file.Resources).map(([id, { Type }]: [string, Edited]) => ({
        type: Type as string,
        role: id.replace(/[0-9A-F]{8}$/, ''),
        path: ['Resources', id],
      })),
      ...rest.map((key) => ({ type: '-', role: key, path: [key] })),
    ];
  }
  return [
    ...Object.entries(file.resource).flatMap(([type, named]) =>
      Object.keys(named as object).map((id) => ({
        type,
        role: id.replace(/_[0-9A-F]{8}$/, ''),
        path: ['resource', type, id],
      })),
    ),
    ...Object.keys(file)
      .filter((key) => key !== 'resource')
      .map((key) => ({ type: '-', role: key, path: [key] })),
  ];
}

const NAMES = [
  'Name',
  'name',
  'Key',
  'key',
  'Sid',
  'ContainerName',
  'DeviceName',
  'ContainerPath',
  'protocol',
  'stat_prefix',
];

/** Where a value stands in what it is in; listed things by their names. */
function placeOf(whole: unknown, path: Path): string {
  let place = '';
  path.forEach((key, index) => {
    if (typeof key === 'string') place += `.${key}`;
    else place += `[${nameOf(valueAt(whole, path.slice(0, index + 1)), key)}]`;
  });
  return place;
}

function nameOf(item: Edited, index: number): string {
  if (typeof item !== 'object' || item === null) return '';
  const name = NAMES.map((key) => item[key]).find((found) => typeof found === 'string');
  if (name !== undefined) return name;
  if (item.Effect !== undefined) return `${item.Effect} ${String([item.Action].flat()[0])} ${index}`;
  return String(index);
}

function isLeaf(value: unknown, path: Path): boolean {
  return isIntrinsic(value) || (path.length === 1 && (path[0] === 'Metadata' || path[0] === '//'));
}

/** A reference, or what is put together of several; what holds a script is looked into. */
function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^(?:Ref|Fn::.*)$/.test(keys[0] as string) && !JSON.stringify(value).includes('\\n');
}

function lastOf(path: Path): string | number {
  return path.at(-1) ?? '';
}
