import type { AccessPolicy } from '../../artifact/access-policy';
import type { Artifact } from '../../artifact/artifact';
import type { Text } from '../../artifact/text';

const ACCOUNT = 'AWS::AccountId';
/** An account where it stands in an ARN, or by itself. */
const LITERAL = /(?:^|:)(\d{12})(?=:|$)/g;

/** The account that a file deploys to, as it says it: by the pseudo parameter, or, where that stands nowhere, by its number. */
export interface OwnAccount {
  /** Whether a text says this account, and nothing more. */
  readonly is: (text: Text) => boolean;
  /** Whether an ARN is of this account; `undefined` where it says none. */
  readonly owns: (arn: Text) => boolean | undefined;
}

/** Reads the account from the policies of the file. */
export function ownAccount(artifact: Artifact): OwnAccount {
  const known = KNOWN.get(artifact);
  if (known !== undefined) return known;
  const texts = policiesOf(artifact).flatMap(textsOf);
  const byName = texts.some((text) => text.some((part) => typeof part === 'object' && part.logicalId === ACCOUNT));
  const numbers = new Set(texts.flatMap((text) => [...literalsOf(text).matchAll(LITERAL)].map(([, number]) => number)));
  const [only, ...others] = [...numbers];
  const own = byName || others.length > 0 ? undefined : only;
  const isOwn = (field: Text): boolean => {
    const [part, ...rest] = field;
    if (rest.length > 0 || part === undefined) return false;
    return typeof part === 'string' ? part === own : part.logicalId === ACCOUNT;
  };
  const made: OwnAccount = {
    is: isOwn,
    owns: (arn) => {
      const field = fieldsOf(arn)[4] ?? [];
      return field.length === 0 ? undefined : isOwn(field);
    },
  };
  KNOWN.set(artifact, made);
  return made;
}

const KNOWN = new WeakMap<Artifact, OwnAccount>();

/** The fields of an ARN, between its colons. */
export function fieldsOf(arn: Text): readonly Text[] {
  const fields: Text[number][][] = [[]];
  for (const part of arn) {
    if (typeof part === 'object') {
      fields.at(-1)?.push(part);
      continue;
    }
    part.split(':').forEach((piece, index) => {
      if (index > 0) fields.push([]);
      if (piece !== '') fields.at(-1)?.push(piece);
    });
  }
  return fields;
}

function literalsOf(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : '\0')).join('');
}

function policiesOf({
  identities = [],
  keys = [],
  stores = [],
  endpointPolicies = [],
}: Artifact): readonly AccessPolicy[] {
  return [
    ...identities.flatMap(({ trust, policies }) => (trust === undefined ? policies : [trust, ...policies])),
    ...keys.flatMap(({ policy }) => policy ?? []),
    ...stores.flatMap(({ policies = [] }) => policies),
    ...endpointPolicies,
  ];
}

function textsOf({ statements }: AccessPolicy): readonly Text[] {
  return statements.flatMap(({ resources, principals, conditions }) => [
    ...resources.patterns,
    ...(principals?.who ?? []).map(({ name }) => name),
    ...conditions.flatMap(({ values }) => values),
  ]);
}
