import type { Artifact, Host, SecretFile } from '../../artifact/artifact';
import { literal, type Text } from '../../artifact/text';
import type { RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { serverSettings } from '../server/server-settings';
import { broken, unproven, worst, type Wrong } from '../server/wrong';
import { containerScripts } from './container-scripts';
import { machineScript } from './machine-script';

/** Memory of the machine. */
const IN_MEMORY = /^\/run\//;
const OF_OTHERS = 0o077;
/** What names a secret: an ARN, or a parameter. A value that is put here by mistake rarely looks like one. */
const REFERENCE = /^(?:arn:aws[\w-]*:(?:secretsmanager|ssm):|[\w./-]+$)/;
const LATEST = /\/versions\/latest$/;
const NO_CONFIG_TABLE = 'disable-config-sql-table';

/** Decides whether a secret stands anywhere in the file, and whether those that are referred to end where their one reader alone reads them. */
export const SECRETS_BY_REFERENCE: CheckedClaim = {
  id: 'secrets-by-reference',
  decide: ({ artifact, server }) => {
    const exposed = (artifact.exposedSecrets ?? []).map(({ subject, where, what, sure }): Finding => ({
      ...(sure ? broken(`${where} holds ${what}`) : unproven(`${where} holds ${what}`)),
      subject,
    }));
    return [...exposed, ...ofCloudRun(artifact), ...(server === undefined ? ofFile(artifact) : [ofServer(server)])];
  },
};

function ofFile({ name }: Artifact): readonly Finding[] {
  return [
    { verdict: 'holds', subject: name, evidence: 'every text of the file was looked through, and none is a secret' },
  ];
}

function ofServer({ host, restate }: RestateDeployment): Finding {
  const script = machineScript(host);
  const { settings } = serverSettings(restate);
  const table = settings.get(NO_CONFIG_TABLE);
  const wrong = [
    ...host.containers.flatMap(({ name, secrets }) =>
      Object.entries(secrets)
        .filter(([, reference]) => !isReference(reference))
        .map(([variable]) => broken(`${variable} of ${name} is filled from what names no secret`)),
    ),
    ...containerScripts(host),
    ...(host.instance?.secretFiles ?? []).flatMap((file) => ofSecretFile(file, host)),
    table?.value === 'true'
      ? undefined
      : broken(`${table?.said ?? "the server's default"} lets whoever may query it read its configuration`),
    script.kind === 'unknown' ? unproven(script.reason) : undefined,
  ];
  const holds = 'every text of the file was looked through, and what its containers are given are names of secrets';
  return { ...worst(wrong, holds), subject: host.id, restsOn: host.machine === undefined ? [] : [host.machine.id] };
}

/** What only the cloud knows is a reference to something. */
function isReference(text: Text): boolean {
  const said = literal(text);
  return said === undefined || REFERENCE.test(said);
}

function ofSecretFile({ path, secret, owner, mode }: SecretFile, { containers }: Host): readonly (Wrong | undefined)[] {
  const [uid] = owner.split(':');
  const readers = containers.filter(({ user = '' }) => user.split(':')[0] === uid);
  return [
    IN_MEMORY.test(path) ? undefined : broken(`a secret is written to ${path}, on a disk of the machine`),
    mode === undefined ? unproven(`who may read ${path} is not known`) : undefined,
    mode !== undefined && (mode & OF_OTHERS) !== 0
      ? broken(`others may read the secret at ${path}: its mode is ${mode.toString(8)}`)
      : undefined,
    readers.length > 0 ? undefined : broken(`the secret at ${path} belongs to ${owner}, as which no container runs`),
    LATEST.test(spell(secret))
      ? broken(`${path} is filled from ${spell(secret)}, another value when somebody says so`)
      : undefined,
  ];
}

/** Services of Cloud Run have their secrets as variables or files; each names its version. */
function ofCloudRun({ cloudRun = [] }: Artifact): readonly Finding[] {
  return cloudRun.map(({ id, containers }) => {
    const wrong = containers.flatMap(({ name, secrets }) =>
      Object.entries(secrets)
        .filter(([, reference]) => LATEST.test(spell(reference)))
        .map(([variable]) =>
          broken(`${variable} of ${name} is the latest version, another value when somebody says so`),
        ),
    );
    return { ...worst(wrong, 'its secrets are names of secrets, each of one version'), subject: id };
  });
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
