import {
  isSecretName,
  mayBeRandom,
  type Suspicion,
  suspicionOfRandomness,
  suspicionOfScript,
  suspicionOfText,
  suspicionOfValue,
} from './secret-text';
import type { Json } from './template-text';
import type { Reference, Text } from './text';

/** A secret that stands in the file, or that the file has the cloud put where others read it. Its value is never told. */
export interface ExposedSecret extends Suspicion {
  /** Logical id, or address, of the resource; the name of a section where it stands in none. */
  readonly subject: string;
  /** `Properties.ContainerDefinitions[0].Environment[1].Value` */
  readonly where: string;
}

/** How the texts of a file are read. */
export interface Dialect {
  /** A value that is text, with its references; `undefined` where it is none. */
  readonly text: (value: Json) => Text | undefined;
  /** What a reference gives away by itself. */
  readonly reveals: (reference: Reference, name: string) => Suspicion | undefined;
}

const REFERENCE = '\uFFFC';
/** Values of variables, of which a random one stands for itself. */
const VARIABLE = /(?:^|\.)(?:Environment|Variables|env|environment|EnvironmentVariables)\b/;
/** Arguments that say which secret is meant. */
const NAMES_SECRET = /^secrets?$/i;
const SHORTEST_DATA = 40;
const BASE64 = /^[A-Za-z0-9+/\s]{40,}={0,2}\s*$/;
const USER_DATA = /^(?:UserData|user-data|user_data|startup-script|metadata_startup_script)$/;
/** Longer than any name in a script, short enough to look through all of it. */
const MAX_TEXT = 200_000;

/** What a part of a file exposes. */
export function exposedSecrets(subject: string, value: Json | undefined, dialect: Dialect): readonly ExposedSecret[] {
  const found: ExposedSecret[] = [];
  const visit = (json: Json | undefined, place: Place | undefined, name: string): void => {
    const text = json === undefined || json === null ? undefined : dialect.text(json);
    if (text !== undefined) {
      const suspicion = suspect(text, place, name, dialect);
      if (suspicion !== undefined) found.push({ ...suspicion, subject, where: spelt(place) });
    } else if (Array.isArray(json)) {
      (json as readonly Json[]).forEach((item, index) => visit(item, { within: place, step: index }, name));
    } else if (json instanceof Map) {
      const named = nameOf(json as ReadonlyMap<string, Json>) ?? name;
      for (const [key, item] of json as ReadonlyMap<string, Json>) {
        const inner = /^(?:value|default)$/i.test(key) ? named : key.startsWith('Fn::') ? name : key;
        visit(item, { within: place, step: key }, inner);
      }
    }
  };
  visit(value, undefined, '');
  return found;
}

/** Where something stands: spelt for the few of which it matters. */
interface Place {
  readonly within: Place | undefined;
  readonly step: string | number;
}

function spelt(place: Place | undefined): string {
  if (place === undefined) return '';
  const before = spelt(place.within);
  if (typeof place.step === 'number') return `${before}[${place.step}]`;
  return before === '' ? place.step : `${before}.${place.step}`;
}

/** The name of a pair of name and value. */
function nameOf(map: ReadonlyMap<string, Json>): string | undefined {
  for (const key of ['Name', 'name', 'Key', 'key', 'ParameterKey']) {
    const name = map.get(key);
    if (typeof name === 'string') return name;
  }
  return undefined;
}

/** What is cheap to ask is asked first: nearly every text of a file is asked about. */
function suspect(text: Text, place: Place | undefined, name: string, dialect: Dialect): Suspicion | undefined {
  const literal = text
    .map((part) => (typeof part === 'string' ? part : REFERENCE))
    .join('')
    .slice(0, MAX_TEXT);
  const decoded =
    literal.length >= SHORTEST_DATA && USER_DATA.test(name) && BASE64.test(literal)
      ? Buffer.from(literal, 'base64').toString('utf8')
      : undefined;
  const revealed = text.flatMap((part) => (typeof part === 'string' ? [] : (dialect.reveals(part, name) ?? [])));
  const isLiteral = !literal.includes(REFERENCE) && !literal.includes('${');
  const isSecret = isSecretName(name);
  const isVariable = (): boolean => VARIABLE.test(spelt(place));
  return (
    revealed[0] ??
    suspicionOfText(literal) ??
    (decoded === undefined ? undefined : suspicionOfText(decoded)) ??
    (isLiteral && isSecret && (!NAMES_SECRET.test(name) || isVariable()) ? suspicionOfValue(literal) : undefined) ??
    (isLong(literal) ? suspicionOfScript(literal) : undefined) ??
    (decoded === undefined ? undefined : suspicionOfScript(decoded)) ??
    (isLiteral && !isSecret && mayBeRandom(literal) && isVariable() ? suspicionOfRandomness(name, literal) : undefined)
  );
}

/** A single word is told by its name and shape. */
function isLong(text: string): boolean {
  return /[\s=]/.test(text.trim());
}
