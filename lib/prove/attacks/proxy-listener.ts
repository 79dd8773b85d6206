/** The parts of Envoy's bootstrap that are looked at, all of them optional: it may be anyone's. */
interface SomeBootstrap {
  readonly static_resources?: { readonly listeners?: readonly SomeListener[]; readonly clusters?: readonly unknown[] };
}

interface SomeListener {
  readonly address?: { readonly socket_address?: { readonly port_value?: number } };
  readonly filter_chains?: readonly { readonly transport_socket?: unknown }[];
}

/** Whether the proxy's listener on a port ends TLS; taken for granted where the bootstrap does not say. */
export function listenerSpeaksTls(bootstrap: SomeBootstrap, port: number): boolean {
  return listenerOn(bootstrap, port)?.filter_chains?.every((chain) => chain.transport_socket !== undefined) ?? true;
}

/** Where the server listens beside the proxy: the first upstream on loopback. */
export function loopbackUpstream(
  bootstrap: SomeBootstrap,
): { readonly address: string; readonly port: number } | undefined {
  return settings(bootstrap.static_resources?.clusters, 'socket_address')
    .map((found) => found as { readonly address?: string; readonly port_value?: number })
    .flatMap(({ address = '', port_value: port = 0 }) =>
      /^(?:127\.|::1$)/.test(address) ? [{ address, port }] : [],
    )[0];
}

/** The proxy's listener on a port. */
export function listenerOn(bootstrap: SomeBootstrap, port: number): SomeListener | undefined {
  return bootstrap.static_resources?.listeners?.find((each) => each.address?.socket_address?.port_value === port);
}

/**
 * Every value of a setting, wherever it stands in the bootstrap, in document order: `settings(bootstrap, 'max_request_bytes')`.
 */
export function settings(node: unknown, name: string): readonly unknown[] {
  if (Array.isArray(node)) return node.flatMap((each) => settings(each, name));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [...(key === name ? [value] : []), ...settings(value, name)]);
}

/** A protobuf duration such as `10s` or `0.5s` in seconds. */
export function durationSeconds(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(value)?.[1] : undefined;
  return seconds === undefined ? undefined : Number(seconds);
}
