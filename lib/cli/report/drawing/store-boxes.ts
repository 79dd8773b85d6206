import type { Artifact } from '../../../artifact/artifact';
import type { Store, StoreEncryption } from '../../../artifact/store';
import type { Box } from './drawing';
import type { Names } from './names';

/** Where data lies: stores with the key of each, the keys, and the secrets that containers and machines are given. */
export function storeBoxes(artifact: Artifact, names: Names): readonly Box[] {
  const { stores = [], keys = [] } = artifact;
  return [
    ...stores.filter(({ kind }) => kind !== 'secret').map((store) => storeBox(store, names)),
    ...keys.map(({ id, rotationDays }): Box => ({
      key: `key ${id}`,
      kind: 'key',
      title: names.of(id),
      lines: ['key', typeof rotationDays === 'number' ? `new every ${rotationDays} days` : `rotation: ${rotationDays}`],
      parts: [],
    })),
    ...secretBoxes(artifact, names),
  ];
}

function storeBox({ id, kind, encryption, fate, retentionDays }: Store, names: Names): Box {
  const days = typeof retentionDays === 'number' ? `${retentionDays} days` : retentionDays;
  return {
    key: `store ${id}`,
    kind: 'store',
    title: names.of(id),
    lines: [
      kind === 'machine-disk' ? 'disk of the machine itself' : kind,
      keyOf(encryption, names),
      `when deleted: ${fate.onDelete}${days === undefined ? '' : `; keeps ${days}`}`,
    ],
    parts: [],
  };
}

function keyOf(encryption: StoreEncryption, names: Names): string {
  if (encryption.kind === 'own-key') return `key: ${names.of(encryption.of)}`;
  if (encryption.kind === 'foreign-key') return `key: ${names.inText(encryption.of)}`;
  if (encryption.kind === 'unknown') return `key not known: ${encryption.why}`;
  return encryption.kind === 'none' ? 'not encrypted' : "key: the cloud's own";
}

/** By the secret those who are given it: variables of containers, files of machines, services. */
function secretBoxes({ hosts, stores = [], cloudRun = [] }: Artifact, names: Names): readonly Box[] {
  const given = [
    ...hosts.flatMap(({ containers, instance }) => [
      ...containers.flatMap(({ name, secrets }) =>
        Object.entries(secrets).map(([variable, secret]) => [names.inText(secret), `${name}: ${variable}`] as const),
      ),
      ...(instance?.secretFiles ?? []).map(({ secret, path }) => [names.inText(secret), path] as const),
    ]),
    ...cloudRun.flatMap(({ name, secrets = [] }) =>
      secrets.map((secret) => [names.inText(secret), `service ${names.inText(name)}`] as const),
    ),
    ...stores.filter(({ kind }) => kind === 'secret').map(({ id }) => [names.of(id), ''] as const),
  ];
  return [...new Set(given.map(([secret]) => secret))].sort().map((secret) => ({
    key: `secret ${secret}`,
    kind: 'secret',
    title: secret,
    lines: ['secret', ...given.filter(([of, to]) => of === secret && to !== '').map(([, to]) => `as ${to}`)],
    parts: [],
  }));
}
