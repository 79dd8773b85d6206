import { hostileLines } from './hostile-forms';
import { LETTERS } from './hostile-letters';
import { randomNumbers } from './network/random-numbers';

/** Where a value stands: keys and indices from the top. */
type Path = readonly (string | number)[];
type Held = Record<string | number, unknown>;

/** Names that mean something to the language that reads, or to the one that is read. */
const KEYS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  '',
  '\u0000',
  'Condition',
  'Fn::If',
  'count',
  'for_each',
  'dynamic',
  'lifecycle',
];

/** What stands in no sound file: made anew each time. */
const VALUES: readonly (() => unknown)[] = [
  ...[null, true, 0, -1, 0.5, 1e308, -1e308, 1e21, 2 ** 53, '', 'x', '-1', 'NaN'].map((value) => () => value),
  ...['10.0.0.0/33', '999.1.1.1/8', '10.0.0.0/-1', '::ffff:0:0/96', '1::2::3/64'].map((value) => () => value),
  ...['\u0000', '\u202E\u0007\uFEFF', '\uD800', '{{resolve:secretsmanager:x}}', '${a.b.c}'].map((value) => () => value),
  () => 'a'.repeat(100_000),
  () => '(a+)+$',
  () => '(?:a|a)*'.repeat(2_000),
  () => '('.repeat(5_000),
  () => '[a-z]{1000}{1000}',
  () => '${'.repeat(5_000),
  () => '%DYNAMIC_METADATA('.repeat(500),
  () => [],
  () => ({}),
  () => [[null]],
  () => ({ Ref: 'Nobody' }),
  () => ({ Ref: 1 }),
  () => ({ 'Fn::GetAtt': ['a'] }),
  () => ({ 'Fn::Sub': '${' }),
  () => ({ 'Fn::Join': ['', 1] }),
  () => ({ 'Fn::If': ['x', 1, 2] }),
  () => ({ 'Fn::Split': ['', ''] }),
  () => ({ 'Fn::Transform': {} }),
  () => nested(60),
  () => nested(150),
  () => Array.from({ length: 3_000 }, () => 'x'),
  () => JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{"x":1}},"toString":"x"}') as unknown,
];

/** The text of a file, changed at one to three places at random, in the bootstrap of its proxy every third time; and what was changed. */
export function hostileText(
  sound: string,
  seed: number,
): { readonly text: string; readonly changes: readonly string[] } {
  const random = randomNumbers(seed);
  const file = JSON.parse(sound) as Held;
  const changes = Array.from({ length: 1 + random(3) }, () => {
    if (random(6) === 0) return changeStart(file, random);
    const texts = random(3) === 0 ? placesOf(file).filter((path) => isBootstrap(valueAt(file, path))) : [];
    const place = texts[random(texts.length || 1)];
    if (place === undefined) return change(file, random);
    const bootstrap = JSON.parse(String(valueAt(file, place))) as Held;
    const said = change(bootstrap, random);
    put(holderOf(file, place), place.at(-1)!, JSON.stringify(bootstrap));
    return `bootstrap: ${said}`;
  });
  return { text: JSON.stringify(file), changes };
}

/** Changes a line of what a machine starts with; another place where there is no machine that says so in lines. */
function changeStart(file: Held, random: (below: number) => number): string {
  const starts = placesOf(file).filter((path) => isStart(valueAt(file, path)));
  const place = starts[random(starts.length || 1)];
  if (place === undefined) return change(file, random);
  const { text, change: said } = hostileLines(String(valueAt(file, place)), random);
  put(holderOf(file, place), place.at(-1)!, text);
  return `start: ${said}`;
}

/** cloud-init, a script, or a piece of one. */
function isStart(value: unknown): boolean {
  return typeof value === 'string' && /^#cloud-config|^#!|\n(?:set -e|ExecStart=|systemctl )/.test(value);
}

function change(file: Held, random: (below: number) => number): string {
  const places = placesOf(file);
  const place = places[random(places.length)];
  if (place === undefined) return 'nothing is left';
  const name = place.join('.');
  const holder = holderOf(file, place);
  const key = place.at(-1)!;
  const value = holder[key];
  const kind = random(9);
  if (kind === 0) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    return `${name} is gone`;
  }
  if (kind === 1) {
    const other = places[random(places.length)]!;
    put(holder, key, structuredClone(valueAt(file, other)));
    return `${name} is as ${other.join('.')}`;
  }
  if (kind === 2) {
    const further = KEYS[random(KEYS.length)]!;
    put(holder, Array.isArray(holder) ? holder.length : further, structuredClone(value));
    return `${name} stands under ${JSON.stringify(further)}, too`;
  }
  if (kind === 3 && typeof value === 'string') {
    const at = random(value.length + 1);
    put(holder, key, `${value.slice(0, at)}${LETTERS[random(LETTERS.length)]!}${value.slice(at + random(3))}`);
    return `${name} has another letter at ${at}`;
  }
  const which = random(VALUES.length);
  put(holder, key, VALUES[which]!());
  return `${name} is value ${which}`;
}

function placesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const place = [...path, key];
    return [place, ...placesOf((value as Held)[key], place)];
  });
}

function valueAt(file: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Held)[key], file);
}

function holderOf(file: unknown, path: Path): Held {
  return valueAt(file, path.slice(0, -1)) as Held;
}

/** As a key of the file, whatever its name means here. */
function put(holder: Held, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function isBootstrap(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('{') && value.includes('"static_resources"') && isJson(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>(
    (inner, _, level) => (level % 2 === 0 ? { a: inner } : [inner]),
    1,
  );
}
