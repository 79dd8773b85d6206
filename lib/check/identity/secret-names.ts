import type { Artifact, Host } from '../../artifact/artifact';
import type { Text } from '../../artifact/text';
import type { Wish } from './access';
import { ownArn } from './own-arn';
import { fieldsOf } from './own-account';
import { spell } from './text-pattern';

/** A secret that containers of a host are given, and what reads it. */
export interface GivenSecret {
  /** As evidence names it. */
  readonly name: string;
  /** What one asks for who wants to read it, by each action that does. */
  readonly wishes: readonly Wish[];
}

const MANAGER: readonly string[] = ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'];
const PARAMETERS: readonly string[] = ['ssm:GetParameters', 'ssm:GetParameter', 'ssm:GetParametersByPath'];
/** The service puts six characters behind the name that one gives. */
const SUFFIX = '-??????';
const HAS_SUFFIX = /-[A-Za-z0-9]{6}$/;
/** Fields of an ARN of a secret; behind them stand the member, stage and version that are taken. */
const FIELDS = 7;

/** The secrets that a host's containers are given from a store, each once. */
export function givenSecrets(host: Host, artifact: Artifact): readonly GivenSecret[] {
  const references = host.containers.flatMap(({ secrets }) => Object.values(secrets));
  const given = references.map((reference) => secretOf(reference, artifact));
  return [...new Map(given.map((each) => [each.name, each])).values()];
}

function secretOf(reference: Text, { stores = [] }: Artifact): GivenSecret {
  const [first] = reference;
  const isOfFile =
    typeof first === 'object' && stores.some(({ id, kind }) => kind === 'secret' && id === first.logicalId);
  if (isOfFile) return named(MANAGER, ownArn('secretsmanager', 'secret:', { logicalId: first.logicalId }));
  const fields = fieldsOf(reference).slice(0, FIELDS);
  const service = spell(fields[2] ?? []);
  const whole = joined(fields);
  if (service === 'secretsmanager') return named(MANAGER, HAS_SUFFIX.test(spell(whole)) ? whole : [...whole, SUFFIX]);
  if (service === 'ssm') return named(PARAMETERS, whole);
  return fields.length === 1
    ? named(PARAMETERS, ownArn('ssm', 'parameter/', ...withoutSlash(whole)))
    : named([...MANAGER, ...PARAMETERS], ['*']);
}

function named(actions: readonly string[], on: Text): GivenSecret {
  return { name: spell(on), wishes: actions.map((action) => ({ action, on })) };
}

function joined(fields: readonly Text[]): Text {
  return fields.flatMap((field, index) => (index === 0 ? field : [':', ...field]));
}

function withoutSlash([first = '', ...rest]: Text): Text {
  return [typeof first === 'string' ? first.replace(/^\//, '') : first, ...rest];
}
