import type { Message } from '../fields/message';
import type { Doubt } from '../fields/read-message';
import type { Chain, Cluster, Listener, ListenerKind } from './proxy';
import { isLoopback } from './read-clusters';
import { isVerifiedElsewhere } from './client-demand';
import { readHttp } from './read-http';

/** What the listeners are read with. */
export interface ListenerContext {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly doubt: (doubt: Doubt) => void;
}

/** Level and name of what may be set on a socket: nothing but what keeps connections alive, and the reuse of an address. */
const SOCKET_OPTIONS: ReadonlySet<string> = new Set(['1/9', '1/2', '6/4', '6/5', '6/6', '6/1']);

/** The listeners of a bootstrap, in its order. */
export function readListeners(bootstrap: Message, context: ListenerContext): readonly Listener[] {
  const listeners = bootstrap.message('static_resources')?.messages('listeners') ?? [];
  return listeners.map((message) => readListener(message, context));
}

function readListener(message: Message, context: ListenerContext): Listener {
  const socket = message.below('address', 'socket_address');
  const address = socket?.text('address');
  const port = socket?.number('port_value');
  const pipe = message.below('address', 'pipe');
  if (pipe === undefined && (address === undefined || port === undefined)) {
    context.doubt({ path: `${message.path}.address`, reason: 'says nowhere to listen' });
  }
  for (const option of message.messages('socket_options')) {
    const key = `${option.number('level')}/${option.number('name')}`;
    if (!SOCKET_OPTIONS.has(key)) context.doubt({ path: option.path, reason: `sets the option ${key} of the socket` });
  }
  const other = message.message('default_filter_chain');
  const chains = [...message.messages('filter_chains'), ...(other ? [other] : [])].map((chain) =>
    readChain(chain, context),
  );
  return {
    name: message.text('name') ?? message.path,
    kind: kindOf(chains),
    message,
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port }),
    local: pipe !== undefined || (address !== undefined && isLoopback(address)),
    chains,
  };
}

function readChain(message: Message, context: ListenerContext): Chain {
  const tls = message.below('transport_socket', 'typed_config');
  doubtTls(tls, context);
  const filters = message.messages('filters').map((filter) => filter.message('typed_config'));
  const limits = filters.flatMap((filter) =>
    filter?.type === 'ConnectionLimit' ? (filter.number('max_connections') ?? []) : [],
  );
  const managers = filters.filter((filter): filter is Message => filter?.type === 'HttpConnectionManager');
  const raw = filters.flatMap((filter) => (filter?.type === 'TcpProxy' ? [filter] : []));
  const ends = managers.length + raw.length;
  if (ends !== 1) context.doubt({ path: `${message.path}.filters`, reason: `hold ${ends} filters that end a chain` });
  const [manager] = managers;
  return {
    message,
    ...(tls !== undefined && tls.type !== 'RawBuffer' && { tls }),
    ...(limits.length > 0 && { connectionLimit: Math.min(...limits) }),
    ...(manager !== undefined && { http: readHttp(manager, context) }),
    raw: raw.flatMap((filter) => context.clusters.get(filter.text('cluster') ?? '') ?? []),
  };
}

function doubtTls(tls: Message | undefined, { doubt }: ListenerContext): void {
  const common = tls?.message('common_tls_context');
  if (tls?.type !== 'DownstreamTlsContext' || common === undefined) return;
  if (common.count('tls_certificates') + common.count('tls_certificate_sds_secret_configs') === 0) {
    doubt({ path: common.path, reason: 'shows no certificate, without which the proxy does not start' });
  }
  if (isVerifiedElsewhere(tls)) {
    doubt({ path: common.path, reason: 'says in a file alone how certificates are verified' });
  }
}

function kindOf(chains: readonly Chain[]): ListenerKind {
  const ways = chains.flatMap(({ http }) => http?.ways ?? []);
  const kinds = new Set(
    [...chains.flatMap(({ raw }) => raw), ...ways.flatMap(({ clusters }) => clusters)].map(({ kind }) => kind),
  );
  if (kinds.has('ingress')) return 'callers';
  if (kinds.size === 0) return chains.every(({ http }) => http !== undefined) ? 'health' : 'other';
  if (kinds.size > 1) return 'other';
  if (kinds.has('admin')) return 'operators';
  return kinds.has('metadata') ? 'metadata' : 'other';
}
