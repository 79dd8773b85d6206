import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import type { Container, Host, SecretFile } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { literal } from '../../artifact/text';
import type { IssuedCertificate } from '../issuer/certificate-authority';
import { machinePath } from './machine-folders';
import { certificateFiles } from './proxy-certificates';
import { IDENTITY_KEY_FILES, type RunValues } from './run-values';

/** What a mode that could not be read stands for: that it could not is reported. */
const OWNER_ALONE = 0o400;

/** What the secret files of a machine are filled with in a run. */
export interface MachineSecrets {
  readonly host: Host;
  readonly restate: Container;
  readonly envoy: Container;
  readonly bootstrap: Bootstrap;
  readonly identityKeyPem: string;
  /** For the proxy's listeners. */
  readonly issued: IssuedCertificate;
  readonly values: RunValues;
  /** Folder of what stands for the machine. */
  readonly root: string;
  /** Whether owners can be given. */
  readonly allUsers: boolean;
}

/** A value that a file has to hold, so that what reads it works with the rest of the run. */
interface Chosen {
  readonly value: string;
  readonly note: string;
}

/** Writes the files that the machine's start would fill from a secret store, as it would: for whom it lets read them. */
export function writeMachineSecrets(secrets: MachineSecrets): void {
  const { host, values, root, allUsers } = secrets;
  const chosen = chosenValues(secrets);
  for (const file of host.instance?.secretFiles ?? []) {
    const { value, note } = chosen.get(file.path) ?? { value: values.secretOf(file.secret), note: 'random' };
    values.keep(file.path, value, note);
    const at = machinePath(root, file.path);
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    writeFileSync(at, value, { mode: OWNER_ALONE });
    if (allUsers) chownSync(at, ...ownerOf(file));
    chmodSync(at, file.mode ?? OWNER_ALONE);
  }
}

/** By the path on the machine. */
function chosenValues({
  host,
  restate,
  envoy,
  bootstrap,
  identityKeyPem,
  issued,
}: MachineSecrets): ReadonlyMap<string, Chosen> {
  const identity = IDENTITY_KEY_FILES.flatMap((name) => literal(restate.environment[name] ?? []) ?? []);
  const certificates = certificateFiles(bootstrap);
  const pairs: readonly (readonly [Container, string, Chosen])[] = [
    ...identity.map((path) => [restate, path, { value: identityKeyPem, note: 'a fresh Ed25519 key' }] as const),
    ...certificates.flatMap(({ chain, privateKey }) => [
      [envoy, chain, { value: issued.certificate, note: 'a certificate of the run' }] as const,
      [envoy, privateKey, { value: issued.privateKey, note: 'a key of the run' }] as const,
    ]),
  ];
  return new Map(pairs.map(([container, path, value]) => [onMachine(host, container, path), value]));
}

/** Where a file of a container is on the machine; the innermost mount has it. */
function onMachine({ volumes }: Host, { mounts }: Container, path: string): string {
  const of = (mount: string): boolean => path === mount || path.startsWith(`${mount.replace(/\/$/, '')}/`);
  const [mount] = mounts.filter((each) => of(each.path)).toSorted((a, b) => b.path.length - a.path.length);
  const { hostPath = '' } = volumes.find(({ name }) => name === mount?.volume) ?? {};
  return mount === undefined || hostPath === '' ? '' : posix.join(hostPath, posix.relative(mount.path, path));
}

function ownerOf({ owner }: SecretFile): [uid: number, gid: number] {
  const [uid = 0, gid = 0] = owner.split(':').map(Number);
  return [uid, gid];
}
