const PREFIX = 'type.googleapis.com/envoy.';

/** Messages that stand alone in a `typed_config`, by their type. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig', 'DownstreamConnectionsConfig'],
  ['extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig', 'FixedHeapConfig'],
  ['extensions.transport_sockets.tls.v3.DownstreamTlsContext', 'DownstreamTlsContext'],
  ['extensions.transport_sockets.tls.v3.UpstreamTlsContext', 'UpstreamTlsContext'],
  ['extensions.transport_sockets.raw_buffer.v3.RawBuffer', 'RawBuffer'],
  ['extensions.filters.listener.tls_inspector.v3.TlsInspector', 'TlsInspector'],
  ['extensions.filters.network.connection_limit.v3.ConnectionLimit', 'ConnectionLimit'],
  ['extensions.filters.network.tcp_proxy.v3.TcpProxy', 'TcpProxy'],
  ['extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', 'HttpConnectionManager'],
  ['extensions.access_loggers.stream.v3.StdoutAccessLog', 'StdoutAccessLog'],
  ['extensions.access_loggers.stream.v3.StderrAccessLog', 'StderrAccessLog'],
  ['extensions.access_loggers.file.v3.FileAccessLog', 'FileAccessLog'],
  ['extensions.access_loggers.filters.cel.v3.ExpressionFilter', 'ExpressionFilter'],
  ['extensions.filters.http.router.v3.Router', 'Router'],
  ['extensions.filters.http.cors.v3.Cors', 'Cors'],
  ['extensions.filters.http.cors.v3.CorsPolicy', 'CorsPolicy'],
  ['extensions.filters.http.health_check.v3.HealthCheck', 'HealthCheck'],
  ['extensions.filters.http.body_size_limit.v3.BodySizeLimit', 'BodySizeLimit'],
  ['extensions.filters.http.buffer.v3.Buffer', 'Buffer'],
  ['extensions.filters.http.header_mutation.v3.HeaderMutation', 'HeaderMutation'],
  ['extensions.filters.http.upstream_codec.v3.UpstreamCodec', 'UpstreamCodec'],
  ['extensions.filters.http.local_ratelimit.v3.LocalRateLimit', 'LocalRateLimit'],
  ['extensions.filters.http.jwt_authn.v3.JwtAuthentication', 'JwtAuthentication'],
  ['extensions.filters.http.jwt_authn.v3.PerRouteConfig', 'PerRouteConfig'],
  ['extensions.filters.http.rbac.v3.RBAC', 'RBAC'],
  ['extensions.filters.http.rbac.v3.RBACPerRoute', 'RBACPerRoute'],
  ['extensions.upstreams.http.v3.HttpProtocolOptions', 'HttpProtocolOptions'],
  ['config.route.v3.FilterConfig', 'FilterConfig'],
]);

/** The message of a type, `undefined` for a type that is not understood. */
export function messageOfType(type: string): string | undefined {
  return type.startsWith(PREFIX) ? TYPES.get(type.slice(PREFIX.length)) : undefined;
}
