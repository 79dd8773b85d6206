interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy as lines: `Allow kms:Decrypt on {EncryptionKey} when StringEquals kms:ViaService=ec2.eu-central-1.amazonaws.com`. */
export function statements(policy: string | object): string[] {
  const { Statement: said } = (typeof policy === 'string' ? JSON.parse(policy) : policy) as { Statement: Statement[] };
  return said.map(({ Effect, Action, Resource, Principal, Condition }) =>
    [
      Effect,
      all(Action),
      ...(Resource === undefined ? [] : ['on', all(Resource)]),
      ...(Principal === undefined ? [] : ['to', whom(Principal)]),
      ...(Condition === undefined ? [] : ['when', conditions(Condition)]),
    ].join(' '),
  );
}

function whom(principal: NonNullable<Statement['Principal']>): string {
  if (typeof principal === 'string') return principal;
  return Object.values(principal).map(all).join(', ');
}

function conditions(said: NonNullable<Statement['Condition']>): string {
  const each = Object.entries(said).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key}=${[value].flat().join('|')}`),
  );
  return each.join(' and ');
}

const all = (value: string | readonly string[]): string => [value].flat().join(', ');
