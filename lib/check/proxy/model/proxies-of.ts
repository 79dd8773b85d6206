import type { Artifact, Container, Host } from '../../../artifact/artifact';
import { type Bootstrap, bootstrapSource, parseBootstrap } from '../../../artifact/bootstrap';
import { oncePer } from '../../../artifact/once-per';
import { Remembered } from '../../../artifact/remembered';
import { envoyContainer, type RestateDeployment } from '../../../artifact/role';
import { resolve } from '../../../artifact/text';
import type { CheckedDeployment } from '../../checked-deployment';
import { boundListeners } from '../../server/bound-listeners';
import type { Message } from '../fields/message';
import { type Doubt, readMessage, REFERENCE } from '../fields/read-message';
import type { Cluster, Proxy } from './proxy';
import { readClusters } from './read-clusters';
import { readListeners } from './read-listeners';
import { readStartup } from './read-startup';

/** A proxy whose configuration cannot be read. */
export interface UnreadProxy {
  readonly host: Host;
  readonly container: Container;
  readonly reason: string;
}

interface ReadProxies {
  readonly artifact: Artifact;
  readonly proxies: readonly (Proxy | UnreadProxy)[];
}

const READ = new WeakMap<RestateDeployment, ReadProxies>();

/**
 * The proxies before a server: all those that stand beside it, or where none does those that stand alone.
 * They are read once, however many claims are decided.
 */
export function proxiesOf({ artifact, server }: CheckedDeployment): readonly (Proxy | UnreadProxy)[] {
  if (server === undefined) return [];
  const known = READ.get(server);
  if (known?.artifact === artifact) return known.proxies;
  const proxies = findProxies(artifact, server);
  READ.set(server, { artifact, proxies });
  return proxies;
}

/** Whether its configuration was read. */
export function isRead(proxy: Proxy | UnreadProxy): proxy is Proxy {
  return 'bootstrap' in proxy;
}

function findProxies(artifact: Artifact, server: RestateDeployment): readonly (Proxy | UnreadProxy)[] {
  const beside = proxiesIn(server.host);
  const others = artifact.hosts.filter((host) => host !== server.host);
  const hosts = beside.length > 0 ? [server.host] : others;
  return hosts.flatMap((host) => proxiesIn(host).map((container) => readProxy(host, container, server.restate)));
}

/** A host may run several, of which one is found at a time. */
function proxiesIn(host: Host): readonly Container[] {
  const found = envoyContainer(host);
  if (found === undefined) return [];
  const rest = { ...host, containers: host.containers.filter((each) => each !== found) };
  return [found, ...proxiesIn(rest)];
}

function readProxy(host: Host, container: Container, server: Container): Proxy | UnreadProxy {
  const source = bootstrapSource(container);
  if (source.kind === 'unreadable') return { host, container, reason: source.reason };
  const data = parseBootstrap(resolve(source.text, () => REFERENCE));
  if (data === undefined) return { host, container, reason: 'its configuration is neither JSON nor YAML' };
  const { bootstrap, doubts: unread, before } = readBootstrap(data);
  const startup = readStartup(container);
  const { doubts: misplaced, ...places } = before(server);
  const doubts = [...startup.doubts, ...unread, ...runtimeDoubts(bootstrap), ...misplaced];
  return { host, container, bootstrap, startup, ...places, doubts };
}

/** What stands in a bootstrap, and what it comes to before a server: the same for all servers that listen at the same places. */
const readBootstrap = oncePer((data: Bootstrap) => {
  const { message: bootstrap, doubts } = readMessage('Bootstrap', data);
  const known = new Remembered<ReturnType<typeof placesBefore>>(5);
  return {
    bootstrap,
    doubts,
    before: (server: Container) =>
      known.of(JSON.stringify(boundListeners(server)), () => placesBefore(bootstrap, server)),
  };
});

function placesBefore(
  bootstrap: Message,
  server: Container,
): Pick<Proxy, 'clusters' | 'listeners'> & { readonly doubts: readonly Doubt[] } {
  const doubts: Doubt[] = [];
  const bound = boundListeners(server);
  if (bound.doubt !== undefined) doubts.push({ path: 'the server', reason: bound.doubt });
  const clusters = readClusters(bootstrap, server);
  doubts.push(...[...clusters.values()].flatMap(upstreamDoubts));
  const listeners = readListeners(bootstrap, { clusters, doubt: (doubt) => void doubts.push(doubt) });
  return { clusters, listeners, doubts };
}

/** Filters behind the router run up to the codec, and Envoy takes no list of them without it. */
function upstreamDoubts({ options }: Cluster): readonly Doubt[] {
  const filters = options?.messages('http_filters') ?? [];
  if (options === undefined || filters.length === 0) return [];
  const codec = filters.findIndex((filter) => filter.message('typed_config')?.type === 'UpstreamCodec');
  return codec === filters.length - 1
    ? []
    : [{ path: `${options.path}.http_filters`, reason: 'do not end with the codec' }];
}

/** Keys of the runtime that change nothing but how large an expression may be. */
const RUNTIME_KEYS: readonly string[] = ['re2.max_program_size.error_level', 're2.max_program_size.warn_level'];

/** Any guard may be turned off by a key of the runtime. */
function runtimeDoubts(bootstrap: Proxy['bootstrap']): readonly Doubt[] {
  const layers = bootstrap.message('layered_runtime')?.messages('layers') ?? [];
  return layers.flatMap((layer) =>
    layer
      .keys('static_layer')
      .filter((key) => !RUNTIME_KEYS.includes(key))
      .map((key) => ({ path: `${layer.path}.static_layer`, reason: `sets ${key}, which is not understood` })),
  );
}
