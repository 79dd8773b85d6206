import { isIP } from 'node:net';
import type { Container } from '../../../artifact/artifact';
import { boundListeners } from '../../server/bound-listeners';
import type { Message } from '../fields/message';
import type { Cluster, ClusterKind, Endpoint } from './proxy';

/** Names and addresses of Google's metadata server. */
const METADATA: readonly string[] = ['169.254.169.254', 'metadata.google.internal'];
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** Whether it is an address of the proxy's own network namespace. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}

/** The clusters of a bootstrap by name, each known by where the server listens, if it is in the same network. */
export function readClusters(bootstrap: Message, server: Container | undefined): ReadonlyMap<string, Cluster> {
  const clusters = bootstrap.message('static_resources')?.messages('clusters') ?? [];
  return new Map(clusters.map((message) => [message.text('name') ?? '', readCluster(message, server)] as const));
}

function readCluster(message: Message, server: Container | undefined): Cluster {
  const endpoints = (message.message('load_assignment')?.messages('endpoints') ?? [])
    .flatMap((locality) => locality.messages('lb_endpoints'))
    .flatMap((each) => endpointOf(each.below('endpoint', 'address')));
  const tls = message.below('transport_socket', 'typed_config');
  const [options] = message
    .entries('typed_extension_protocol_options')
    .flatMap(([, each]) => (each.type === 'HttpProtocolOptions' ? [each] : []));
  return {
    name: message.text('name') ?? '',
    kind: kindOf(endpoints, server),
    message,
    endpoints,
    ...(tls !== undefined && tls.type !== 'RawBuffer' && { tls }),
    ...(options !== undefined && { options }),
  };
}

function endpointOf(address: Message | undefined): readonly Endpoint[] {
  const socket = address?.message('socket_address');
  const port = socket?.number('port_value');
  const host = socket?.text('address') ?? address?.message('pipe')?.text('path');
  return host === undefined ? [] : [{ address: host, ...(port !== undefined && { port }) }];
}

function kindOf(endpoints: readonly Endpoint[], server: Container | undefined): ClusterKind {
  const kinds = new Set(endpoints.map((endpoint) => kindOfEndpoint(endpoint, server)));
  return kinds.size === 1 ? [...kinds][0]! : 'unknown';
}

function kindOfEndpoint({ address, port }: Endpoint, server: Container | undefined): ClusterKind {
  if (METADATA.includes(address)) return 'metadata';
  const bound = server === undefined ? undefined : boundListeners(server);
  if (port === undefined) {
    const socket = bound?.listeners.find(({ unixSocket }) => unixSocket === address);
    return socket?.listener ?? 'unknown';
  }
  const found = bound?.listeners.find(({ tcp }) => tcp !== 'unknown' && tcp?.port === port);
  if (found !== undefined) return found.listener;
  const isElsewhere = !isLoopback(address) && (isIP(address) !== 0 || /^[\w.-]+$/.test(address));
  return isElsewhere ? 'other' : 'unknown';
}
