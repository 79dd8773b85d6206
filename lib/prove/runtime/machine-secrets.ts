import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Container, Host, SecretFile } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { fileOnMachine } from '../../artifact/file-on-machine';
import { literal } from '../../artifact/text';
import type { IssuedCertificate } from '../issuer/certificate-authority';
import type { GoogleRun } from './google-run';
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
  readonly google?: Pick<GoogleRun, 'plan' | 'credentials'>;
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
  /** The lines of it that must never show. @default - all */
  readonly secret?: string;
}

/** Writes the files that the machine's start would fill from a secret store, as it would: for whom it lets read them. */
export function writeMachineSecrets(secrets: MachineSecrets): void {
  const { host, values, root, allUsers } = secrets;
  const chosen = chosenValues(secrets);
  for (const file of host.instance?.secretFiles ?? []) {
    const kept: Chosen = chosen.get(file.path) ?? { value: values.secretOf(file.secret), note: 'random' };
    const { value, note, secret = value } = kept;
    values.keep(file.path, secret, note);
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
  google,
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
  const onMachine = pairs.map(
    ([container, path, value]) => [fileOnMachine(host, container, path) ?? '', value] as const,
  );
  return new Map([...onMachine, ...credentials(google)]);
}

function credentials(google: MachineSecrets['google']): readonly (readonly [path: string, Chosen])[] {
  const { plan, credentials: file } = google ?? {};
  if (plan?.credentials === undefined || file === undefined) return [];
  const { path, kind, email, stated } = plan.credentials;
  const what = kind === 'account' ? 'a fresh key of' : 'made-up credentials of';
  const why = stated ? 'as the accepted risk says' : 'who may call a service: whose the file is stands in no file';
  const note = `${what} ${email}, ${why}`;
  return [[path, { value: file.text, note, secret: file.secret }]];
}

function ownerOf({ owner }: SecretFile): [uid: number, gid: number] {
  const [uid = 0, gid = 0] = owner.split(':').map(Number);
  return [uid, gid];
}
