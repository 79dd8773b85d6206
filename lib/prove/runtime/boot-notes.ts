import type { Artifact, Container, Host } from '../../artifact/artifact';
import { jwtProvidersOf } from '../../artifact/bootstrap-facts';
import { clientCertificateDemandOf } from '../../artifact/client-certificates';
import type { Bootstrap } from '../../artifact/bootstrap';
import { ENVOY_VERSION } from '../toolchain/pins';
import { flushesLate } from './proxy-arguments';

/** What in the containers of a run stands for something else. */
export function runtimeEmulations(host: Host, restate: Container, allUsers: boolean): readonly string[] {
  return [
    `images: restate-server ${restate.image.tag ?? ''} and Envoy ${ENVOY_VERSION} as local binaries, on this machine's system folders, read-only`,
    'container runtime: namespaces, users, capabilities and mounts as the task definition says, without seccomp profile and cgroup limits',
    `health checks: each until its first success, in place of its interval`,
    ...machineEmulations(host),
    ...(allUsers ? [] : ['users: one uid is mapped, and every container runs as it']),
  ];
}

function machineEmulations({ instance, volumes }: Host): readonly string[] {
  if (instance !== undefined) {
    return [
      'machine: its user data is read and not run: folders are made for the container that writes to them, secret files by the run, and containers start once, in the order of their units',
      "Google: ID tokens and access tokens of the run's own making, and rights as the files' own grants say",
    ];
  }
  const hasFolders = volumes.some(({ hostPath }) => hostPath !== undefined);
  return hasFolders
    ? ["machine: the volumes' folders, made for the container that writes to them; its user data is read and not run"]
    : [];
}

/** What in the proxy's configuration is not as the artifact says. */
export function proxyReplacements(envoy: Container, bootstrap: Bootstrap, uri: string | undefined): readonly string[] {
  const inline = jwtProvidersOf(bootstrap).filter(({ keys }) => keys.kind === 'inline');
  return [
    'trusted authorities of every container: the authority of the run alone',
    ...inline.map(({ name }) => `${envoy.name}, key set of ${name}: keys of the run, of the same algorithms`),
    ...(clientCertificateDemandOf(bootstrap) === undefined
      ? []
      : [
          `${envoy.name}, authority of callers' certificates: an authority of the run, with a revocation list of its own`,
        ]),
    ...(uri === undefined ? [] : [`address of ${new URL(uri).hostname}: a key server of the run`]),
    ...(flushesLate(envoy) ? [`${envoy.name}: the access log is written out after 50 ms, not 10 s`] : []),
  ];
}

/** Images of services do not run here, so that nothing is known of what they ask for. */
export function serviceReplacement({ cloudRun = [] }: Artifact): string {
  const yours =
    cloudRun.length === 0
      ? 'yours gives'
      : `${cloudRun.map(({ id }) => id).join(' and ')} of yours ${cloudRun.length === 1 ? 'gives' : 'give'}`;
  return `service behind the server: one of the run, on Restate's SDK; whether ${yours} the server's public keys to the SDK was not looked at`;
}
