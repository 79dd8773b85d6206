import { mkdirSync } from 'node:fs';
import type { Artifact, Container, Host } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { envoyContainer, restateContainer } from '../../artifact/role';
import { generateIdentityKey } from '../../restate/request-identity';
import { adminDemand, type AdminDemand } from '../admin-door/admin-demand';
import { CannotProveError } from '../cannot-prove-error';
import { RunCredentials } from '../credentials/run-credentials';
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
} from '../issuer/certificate-authority';
import { RunIssuer } from '../issuer/run-issuer';
import { RunKeySets } from '../issuer/run-key-sets';
import { buildNetwork, type Network } from '../network/network';
import { ownAddresses } from '../network/seat';
import type { Toolchain } from '../toolchain/toolchain';
import { hostnameOf, withClientAuthority, withInlineKeys } from './bootstrap-changes';
import { callersPort, withListenerAlone } from './callers-listener';
import { ContainerFactory } from './container-factory';
import { googleNames, type GoogleRun, googleRun } from './google-run';
import { IssuerDoor } from './issuer-door';
import { makeMachineFolders } from './machine-folders';
import { writeMachineSecrets } from './machine-secrets';
import { type ProxyArguments, proxyArguments } from './proxy-arguments';
import { certificateVariables } from './proxy-certificates';
import { RunValues } from './run-values';

/** What a deployment is booted with. */
export interface BootOptions {
  readonly toolchain: Toolchain;
  /** Whether every uid is mapped, so that containers run as the users they ask for. */
  readonly allUsers: boolean;
  /** Whether the real timers are waited for. */
  readonly slow: boolean;
}

/** On the sandbox's own tmpfs, and short: a unix socket's path has 108 characters. */
export const RUN_FOLDER: string = '/run/portcullis-run';
/** Where the artifact names none. */
const HOSTNAME = 'ingress.portcullis.test';
const ISSUER = 'https://issuer.portcullis.test/';
const AUDIENCE = 'portcullis';

/** What is made for a run before any of its servers starts. */
export interface Run {
  readonly artifact: Artifact;
  readonly host: Host;
  readonly restate: Container;
  readonly envoy: Container;
  readonly options: BootOptions;
  readonly values: RunValues;
  readonly identity: { readonly privateKeyPem: string; readonly publicKey: string };
  readonly network: Network;
  readonly authority: CertificateAuthority;
  readonly issuer: RunIssuer;
  readonly credentials: RunCredentials;
  /** @param keys of the key sets in it: the run's, or those that have taken their place */
  readonly adapt: (bootstrap: Bootstrap, keys?: 'own' | 'foreign') => Bootstrap;
  readonly proxy: ProxyArguments;
  /** The name that callers use. */
  readonly hostname: string;
  /** What operators are asked for. Absent: they have no door. */
  readonly admin?: AdminDemand;
  readonly issuerDoor: IssuerDoor;
  readonly factory: ContainerFactory;
  /** Names that containers find others by, and the addresses of each. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Absent: the host is no machine of Google. */
  readonly google?: GoogleRun;
}

/**
 * Makes what a deployment is booted with: network, names, keys, certificates.
 *
 * @throws CannotProveError `NothingToBoot`, `ProxyUnreadable`
 */
export async function prepareRun(artifact: Artifact, host: Host, options: BootOptions): Promise<Run> {
  const { restate, envoy } = serversOf(host);
  mkdirSync(RUN_FOLDER, { recursive: true });
  const google = googleRun(artifact, host);
  const values = new RunValues(google?.valueOf);
  const identity = generateIdentityKey();
  const [network, authority] = await Promise.all([
    buildNetwork({ artifact, host, ...(google && { startMetadata: google.startMetadata }) }),
    createCertificateAuthority('Portcullis run authority'),
  ]);
  const text: Parameters<typeof proxyArguments>[1] = (each) => values.text(each);
  const keySets = new RunKeySets();
  const stated = proxyArguments(envoy, text, (bootstrap) => bootstrap).bootstrap;
  const callers = withListenerAlone(stated, callersPort(network, host, stated));
  const credentials = await RunCredentials.create(callers, keySets);
  const issuer = credentials.issuers[0] ?? new RunIssuer({ issuer: ISSUER, audience: AUDIENCE });
  const admin = await adminDemand(host, stated, keySets);
  const adapt: Run['adapt'] = (bootstrap, keys) =>
    withClientAuthority(
      withInlineKeys(bootstrap, (keySet) => keySets.replacement(keySet, keys)),
      credentials.clients,
    );
  const proxy = proxyArguments(envoy, text, adapt);
  const issuerDoor = new IssuerDoor({ bootstrap: proxy.bootstrap, keySets, network, authority });
  const hostname = hostnameOf(callers) ?? HOSTNAME;
  const issued = await authority.issue([...new Set([hostname, admin?.hostname ?? hostname])]);
  certify(envoy, proxy.bootstrap, issued, values);
  const facts = { artifact, host, restate, envoy, options, values, identity, network, authority };
  const factory = makeFactory(facts);
  writeMachineSecrets({
    ...facts,
    bootstrap: proxy.bootstrap,
    identityKeyPem: identity.privateKeyPem,
    issued,
    ...(google && { google }),
    root: RUN_FOLDER,
    allUsers: options.allUsers,
  });
  credentials.clients?.keepList(factory.mountsOf(envoy));
  return {
    ...facts,
    issuer,
    credentials,
    ...(admin && { admin }),
    adapt,
    proxy,
    hostname,
    issuerDoor,
    factory,
    names: { ...googleNames(google, network), ...issuerDoor.names },
    ...(google && { google }),
  };
}

/** @param suffix sets the host name of a later task apart */
export function makeFactory(
  run: Pick<Run, 'host' | 'options' | 'values' | 'identity' | 'network' | 'authority'>,
  suffix: string = '',
): ContainerFactory {
  const { host, options, values, identity, network, authority } = run;
  const { address } = ownAddresses(network.seat('task'));
  return new ContainerFactory({
    host,
    hostname: `ip-${address.replaceAll('.', '-')}${suffix}`,
    values,
    identityKeyPem: identity.privateKeyPem,
    folders: makeMachineFolders(host, RUN_FOLDER, options.allUsers),
    trusted: authority.certificate,
    programs: { envoy: options.toolchain.envoy, 'restate-server': options.toolchain.restateServer },
    networkNamespace: 'task',
    runFolder: `${RUN_FOLDER}/containers`,
    allUsers: options.allUsers,
  });
}

/** A proxy that takes its certificate from a secret gets one that the run's callers trust. */
function certify(envoy: Container, bootstrap: Bootstrap, issued: IssuedCertificate, values: RunValues): void {
  for (const { chain, privateKey } of certificateVariables(bootstrap)) {
    values.choose(envoy, chain, issued.certificate, 'a certificate of the run');
    values.choose(envoy, privateKey, issued.privateKey, 'a key of the run');
  }
}

function serversOf(host: Host): { readonly restate: Container; readonly envoy: Container } {
  const restate = restateContainer(host);
  const envoy = envoyContainer(host);
  if (restate === undefined || envoy === undefined) {
    const missing = restate === undefined ? 'restate-server' : 'an Envoy in front of it';
    throw new CannotProveError('NothingToBoot', `${host.id} does not run ${missing}`, 'give a task that runs both');
  }
  return { restate, envoy };
}
