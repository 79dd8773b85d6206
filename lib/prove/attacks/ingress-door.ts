import type { Balancer } from '../../artifact/artifact';
import type { PlaceName } from '../attack';
import type { Deployment } from '../deployment';
import type { ProbeTls } from '../probe';
import { containerPort } from '../network/published-ports';
import { listenerOn, listenerSpeaksTls, settings } from './proxy-listener';

/** One way to the proxy's ingress. */
export interface IngressDoor {
  readonly from: PlaceName;
  readonly address: string;
  readonly port: number;
  readonly tls?: ProbeTls;
  /** Whether the proxy sees the prober's own connection, so that its log can be asked about exactly this one. */
  readonly direct: boolean;
  /** What the proxy behind this door has logged so far. */
  log(): string;
}

/**
 * As callers come: from an address that the deployment's groups admit, through its balancer. Where they may call services alone no path
 * tells one call from another, so that the proxy has to see the connection itself.
 */
export function callersDoor(deployment: Deployment): IngressDoor {
  return deployment.credentials.target.kind === 'service' ? proxysDoor(deployment) : balancersDoor(deployment);
}

/** Through whatever stands before the proxy. */
function balancersDoor(deployment: Deployment): IngressDoor {
  const { address, port } = deployment.door;
  const target = forwarding(deployment);
  const tls =
    target === undefined ||
    target.balancerEndsTls ||
    listenerSpeaksTls(deployment.bootstrap, listenerPort(deployment, target.port));
  return { from: 'caller', address, port, ...(tls && { tls: offer(deployment) }), direct: false, log };

  function log(): string {
    return deployment.proxy.log();
  }
}

/**
 * Whoever is as near to the proxy as anybody gets: the balancer, by its own address; where nothing of the cloud's stands between the two,
 * a caller.
 */
export const STRAIGHT = { from: 'balancer', straight: true } as const;

/** Where {@link STRAIGHT} is in a deployment, or with an address of one's own {@link WITH_OWN_ADDRESS}. */
export function straightPlace(deployment: Deployment, ownAddress = false): PlaceName {
  const balanced = ownAddress && httpBalancer(deployment) !== undefined;
  return balanced || passesThrough(deployment) ? 'caller' : 'balancer';
}

/** The same by an address of one's own: where the balancer ends HTTP, it is the one who knows it, and tells the proxy. */
export const WITH_OWN_ADDRESS = { from: 'balancer', straight: true, ownAddress: true } as const;

/** The door of {@link WITH_OWN_ADDRESS}. */
export function ownAddressDoor(deployment: Deployment): IngressDoor {
  return httpBalancer(deployment) === undefined ? proxysDoor(deployment) : balancersDoor(deployment);
}

/** The same for somebody of another address. */
export function anotherCallersDoor(deployment: Deployment): IngressDoor {
  const balancer = httpBalancer(deployment);
  if (balancer === undefined) return fromTask(deployment, proxysDoor(deployment));
  return { ...balancersDoor(deployment), from: balancer.scheme === 'internet-facing' ? 'internet' : 'stranger' };
}

/** The balancer of callers that ends HTTP. Google's alone is played: whatever else does so passes bytes in the run. */
function httpBalancer(deployment: Deployment): Balancer | undefined {
  const balancer = forwarding(deployment)?.balancer;
  return deployment.host.instance !== undefined && balancer?.type === 'application' ? balancer : undefined;
}

/** Whether callers come to the proxy with packets of their own. */
export function passesThrough(deployment: Deployment): boolean {
  return forwarding(deployment)?.balancer.type === 'passthrough';
}

/** Straight at the proxy, so that nothing stands between the bytes sent and the proxy. */
export function proxysDoor(deployment: Deployment): IngressDoor {
  if (passesThrough(deployment)) {
    const { address, port } = deployment.door;
    return directDoor(deployment, { from: 'caller', address, port, log: () => deployment.proxy.log() });
  }
  const port = forwarding(deployment)?.port ?? deployment.door.port;
  return directDoor(deployment, {
    from: 'balancer',
    address: deployment.taskAddress,
    port,
    log: () => deployment.proxy.log(),
  });
}

/**
 * Every value of a setting that the proxy has for callers: of their listener, so that what stands at the operators' door is not taken for
 * theirs; of all that it has where no listener is found behind the balancer.
 */
export function callersSettings(deployment: Deployment, name: string): readonly unknown[] {
  const { bootstrap } = deployment;
  return settings(listenerOn(bootstrap, listenerPort(deployment, proxysDoor(deployment).port)) ?? bootstrap, name);
}

/** The port that the proxy itself listens on for a port of its host. */
export function listenerPort({ host }: Deployment, port: number): number {
  return containerPort(host, port) ?? port;
}

/** The same listener of the proxy from another process of its own task, so from an address of another caller. */
export function fromTask(deployment: Deployment, door: IngressDoor): IngressDoor {
  return { ...door, from: 'task', address: deployment.taskAddress, port: listenerPort(deployment, door.port) };
}

/** A second proxy, which no group admits anybody to, from another process of its own task. */
export function tasksDoor(deployment: Deployment, proxy: { readonly port: number; log(): string }): IngressDoor {
  return directDoor(deployment, { from: 'task', address: '127.0.0.1', port: proxy.port, log: () => proxy.log() });
}

function directDoor(
  deployment: Deployment,
  door: { readonly from: PlaceName; readonly address: string; readonly port: number; log(): string },
): IngressDoor {
  const port = forwarding(deployment)?.port ?? deployment.door.port;
  const tls = listenerSpeaksTls(deployment.bootstrap, listenerPort(deployment, port));
  return { ...door, ...(tls && { tls: offer(deployment) }), direct: true };
}

const SETTLE_MS = 80;

/** With the good certificate where no connection does without, so that attacks get as far as what they are about. */
function offer({ door, credentials }: Deployment): ProbeTls {
  const { clients } = credentials;
  return {
    servername: door.hostname,
    ...(clients && { settleMs: SETTLE_MS }),
    ...(clients?.required === true && { clientCertificate: clients.good }),
  };
}

interface Forwarding {
  readonly port: number;
  readonly balancerEndsTls: boolean;
  readonly balancer: Balancer;
}

/** The port of the host that the balancer's listener forwards to; a TLS listener before any other. */
function forwarding(deployment: Deployment): Forwarding | undefined {
  const found = deployment.artifact.balancers
    .flatMap((balancer) => balancer.listeners.map((listener) => ({ listener, balancer })))
    .flatMap(({ listener, balancer }) =>
      listener.targets
        .filter((target) => target.host === deployment.host.id)
        .map((target) => ({
          port: target.port,
          balancer,
          balancerEndsTls: listener.protocol === 'TLS' || listener.protocol === 'HTTPS',
          isDoor: listener.port === deployment.door.port && target.port !== deployment.adminDoor?.taskPort,
        })),
    );
  return found.find((each) => each.isDoor) ?? found[0];
}
