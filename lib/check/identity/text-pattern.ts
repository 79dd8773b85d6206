import { isEqual, type Reference, type Text } from '../../artifact/text';

/** A piece of a pattern: a character, a wildcard, or what the cloud fills in. */
type Token = string | Reference;

const NONE: ReadonlySet<string> = new Set();
const ANY = '*';
const ONE = '?';
/** Filled in when somebody asks, by what he is. */
const VARIABLE = /\$\{[^}]*\}/g;
/** Filled in with one word of its own each, which is the same wherever it stands. */
const PSEUDO = /^AWS::(?:Partition|Region|AccountId|URLSuffix)$/;

/**
 * Whether some name fits both patterns. What the cloud fills in may be any text, but two resources of one file never have one name.
 *
 * @param unnamed ids of resources whose names the cloud makes up, so that nobody has written them
 */
export function mayOverlap(one: Text, other: Text, unnamed: ReadonlySet<string> = NONE): boolean {
  const plain = samePlain(one, other);
  if (plain !== undefined) return plain;
  return meet(tokensOf(one), tokensOf(other), (a, b) => {
    if (typeof a === 'string' && typeof b === 'string') return a === b || a === ONE || b === ONE ? 'both' : 'none';
    if (typeof a === 'object' && typeof b === 'object')
      return isSame(a, b) ? 'both' : isForeign(a, b) ? 'either' : 'none';
    const [reference, literal] = typeof a === 'object' ? [a, b] : [b as Reference, a];
    if (unnamed.has(reference.logicalId)) return 'none';
    // a word of the cloud has no colon in it
    return PSEUDO.test(reference.logicalId) && literal === ':' ? 'none' : 'either';
  });
}

/** Whether every name that fits the second pattern certainly fits the first. */
export function covers(pattern: Text, names: Text): boolean {
  const plain = samePlain(pattern, names);
  if (plain !== undefined) return plain;
  const wanted = tokensOf(names);
  const memo = new Map<number, boolean>();
  const tokens = tokensOf(pattern);
  const from = (i: number, j: number): boolean => {
    const key = i * (wanted.length + 1) + j;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const found = step(i, j);
    memo.set(key, found);
    return found;
  };
  const step = (i: number, j: number): boolean => {
    const token = tokens[i];
    const name = wanted[j];
    if (token === undefined) return name === undefined;
    if (token === ANY) return from(i + 1, j) || (name !== undefined && from(i, j + 1));
    if (name === undefined || name === ANY) return false;
    return fits(token, name) && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** Whether two texts are the same where both are nothing but text: nearly all actions are. */
function samePlain([one, ...more]: Text, [other, ...others]: Text): boolean | undefined {
  const isPlain = typeof one === 'string' && typeof other === 'string' && more.length + others.length === 0;
  return isPlain && !/[*?]|\$\{/.test(`${one}${other}`) ? one === other : undefined;
}

export { isEqual };

/** Whether a pattern has a wildcard, or a variable of the policy, which stands for anything. */
export function hasWildcard(pattern: Text): boolean {
  return pattern.some((part) => typeof part === 'string' && /[*?]|\$\{/.test(part));
}

/** A text as evidence shows it. */
export function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${nameOf(part)}}`)).join('');
}

function nameOf({ logicalId, attribute }: Reference): string {
  return attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
}

function fits(token: Token, name: Token): boolean {
  if (typeof token === 'object') return typeof name === 'object' && isSame(token, name);
  return typeof name === 'string' && (token === name || token === ONE);
}

function tokensOf(text: Text): readonly Token[] {
  return text.flatMap((part): readonly Token[] =>
    typeof part === 'string' ? part.replaceAll(VARIABLE, ANY).split('') : [part],
  );
}

/** What another stack or a function of the template gives may be anything. */
function isForeign(...references: readonly Reference[]): boolean {
  return references.some(({ logicalId }) => logicalId.startsWith('Fn::'));
}

function isSame(one: Reference, other: Reference): boolean {
  return one.logicalId === other.logicalId && one.attribute === other.attribute;
}

/** How two tokens go together: as one, not at all, or as part of the longer text that one of them stands for. */
type Meeting = 'both' | 'none' | 'either';

function meet(one: readonly Token[], other: readonly Token[], how: (a: Token, b: Token) => Meeting): boolean {
  const memo = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    const known = memo.get(key);
    if (known !== undefined) return known;
    const found = step(i, j);
    memo.set(key, found);
    return found;
  };
  const step = (i: number, j: number): boolean => {
    const a = one[i];
    const b = other[j];
    if (a === undefined && b === undefined) return true;
    if (a === ANY) return from(i + 1, j) || (b !== undefined && from(i, j + 1));
    if (b === ANY) return from(i, j + 1) || (a !== undefined && from(i + 1, j));
    if (a === undefined || b === undefined)
      return typeof (a ?? b) === 'object' && from(i + Number(a !== undefined), j + Number(b !== undefined));
    const meeting = how(a, b);
    if (meeting === 'none') return false;
    if (meeting === 'both') return from(i + 1, j + 1);
    // the text that is filled in ends here, or goes on
    return typeof a === 'object' ? from(i + 1, j) || from(i, j + 1) : from(i, j + 1) || from(i + 1, j);
  };
  return from(0, 0);
}
