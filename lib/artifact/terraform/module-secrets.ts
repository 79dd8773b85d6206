import { type Dialect, type ExposedSecret, exposedSecrets } from '../exposed-secrets';
import { entry, type Json } from '../template-text';
import type { Text } from '../text';

/** Expressions whose value is a secret, which Terraform then writes into its state. */
const SECRET_VALUE =
  /\.secret_data\b|\brandom_password\.[\w-]+\.(?:result|bcrypt_hash)|\btls_private_key\.[\w-]+\.private_key|\bgoogle_service_account_key\.[\w-]+\.private_key|\.secret_string\b|\baccess_token\b|\bid_token\b/;
/** Resources that keep a secret in the state, whoever uses it. */
const KEEPING: ReadonlyMap<string, string> = new Map([
  ['random_password', 'a password'],
  ['tls_private_key', 'a private key'],
  ['google_service_account_key', 'the key of a service account'],
  ['data.google_secret_manager_secret_version', 'the value of a secret'],
  ['data.google_secret_manager_secret_version_access', 'the value of a secret'],
  ['data.google_service_account_access_token', 'an access token'],
  ['data.google_service_account_id_token', 'an ID token'],
]);
/** Arguments that are written into the state. */
const KEPT_ARGUMENT: ReadonlyMap<string, string> = new Map([['google_secret_manager_secret_version', 'secret_data']]);
const SKIPPED = ['//', 'terraform'];

/** The secrets that a configuration, or a plan, of Terraform exposes: in its files, and in its state. */
export function moduleSecrets(content: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  return content.has('resource_changes') ? ofPlan(content) : ofConfiguration(content);
}

const DIALECT: Dialect = {
  text: (value) => (typeof value === 'string' ? interpolated(value) : undefined),
  reveals: ({ logicalId }) =>
    SECRET_VALUE.test(logicalId) ? { what: `the value of ${logicalId.slice(0, 80)}`, sure: true } : undefined,
};

function interpolated(text: string): Text {
  if (!text.includes('${')) return [text];
  return text
    .split(/(?<!\$)\$\{([^}]*)\}/)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('$${', '$\u200B{') : { logicalId: part }));
}

function ofConfiguration(content: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const blocks = ['resource', 'data'].flatMap((section) =>
    maps(content.get(section)).flatMap((types) =>
      [...types].flatMap(([type, named]) =>
        maps(named).flatMap((names) =>
          [...names].flatMap(([name, bodies]) =>
            maps(bodies).flatMap((body) => ofResource(`${section === 'data' ? 'data.' : ''}${type}`, name, body)),
          ),
        ),
      ),
    ),
  );
  const others = [...content].filter(([name]) => !['resource', 'data', ...SKIPPED].includes(name));
  return [...blocks, ...others.flatMap(([name, value]) => exposedSecrets(name, unmarked(value), DIALECT))];
}

function ofResource(type: string, name: string, body: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const subject = `${type}.${name}`;
  return [...kept(type, subject, body), ...exposedSecrets(subject, unmarked(body), DIALECT)];
}

function ofPlan(content: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const changes = content.get('resource_changes');
  const planned = (Array.isArray(changes) ? (changes as readonly Json[]) : []).flatMap((change) => {
    const [address, type, mode] = ['address', 'type', 'mode'].map((name) => entry(change, name));
    const after = entry(entry(change, 'change'), 'after');
    if (typeof address !== 'string' || typeof type !== 'string') return [];
    const body = after instanceof Map ? (after as ReadonlyMap<string, Json>) : new Map<string, Json>();
    return [...kept(mode === 'data' ? `data.${type}` : type, address, body), ...exposedSecrets(address, body, DIALECT)];
  });
  const outputs = exposedSecrets('outputs', entry(content.get('planned_values'), 'outputs'), DIALECT);
  const variables = exposedSecrets('variables', content.get('variables'), DIALECT);
  return [...planned, ...outputs, ...variables];
}

function kept(type: string, subject: string, body: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const argument = KEPT_ARGUMENT.get(type);
  const what =
    KEEPING.get(type) ?? (argument !== undefined && body.has(argument) ? 'the value of a secret' : undefined);
  if (what === undefined) return [];
  return [
    { subject, where: argument ?? 'its result', what: `${what}, which the state of Terraform holds`, sure: true },
  ];
}

/** Without what Terraform skips. */
function unmarked(value: Json): Json {
  return value instanceof Map && value.has('depends_on')
    ? new Map([...(value as ReadonlyMap<string, Json>)].filter(([name]) => name !== 'depends_on'))
    : value;
}

/** A map, or each of a list of maps. */
function maps(value: Json | undefined): readonly ReadonlyMap<string, Json>[] {
  const items: readonly (Json | undefined)[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return items.filter((item): item is ReadonlyMap<string, Json> => item instanceof Map);
}
