import type { Bootstrap } from '../../artifact/bootstrap';

/** Puts other key sets where a bootstrap holds some itself; returns the same object where it holds none. */
export function withInlineKeys(bootstrap: Bootstrap, replacement: (keySet: string) => string): Bootstrap {
  return change(bootstrap, (name, value, parent) =>
    parent === 'local_jwks' && name === 'inline_string' && typeof value === 'string' ? replacement(value) : value,
  );
}

/** Who vouches for callers. PEM. */
export interface Vouching {
  readonly certificate: string;
  readonly list: string;
}

/**
 * Puts another authority, and its revocation list, where the listeners hold one for the certificates of their clients; the same object
 * where they hold none.
 */
export function withClientAuthority(bootstrap: Bootstrap, authority: Vouching | undefined): Bootstrap {
  const resources = bootstrap['static_resources'];
  if (!isMap(resources) || authority === undefined) return bootstrap;
  const listeners = change(resources['listeners'], (name, value) => {
    if (name === 'trusted_ca') return { inline_string: authority.certificate };
    return name === 'crl' ? { inline_string: authority.list } : value;
  });
  return listeners === resources['listeners']
    ? bootstrap
    : { ...bootstrap, static_resources: { ...resources, listeners } };
}

/** Moves the listeners, the admin listener among them, so that two proxies can run in one network. */
export function withPorts(bootstrap: Bootstrap, portFor: (port: number) => number): Bootstrap {
  const move = (part: unknown): unknown =>
    change(part, (name, value) => (name === 'port_value' && typeof value === 'number' ? portFor(value) : value));
  const resources = bootstrap['static_resources'];
  const listeners = isMap(resources) ? { ...resources, listeners: move(resources['listeners']) } : resources;
  const admin = bootstrap['admin'] === undefined ? {} : { admin: move(bootstrap['admin']) };
  return { ...bootstrap, static_resources: listeners, ...admin };
}

/** The first name, no wildcard, that the listeners answer to. */
export function hostnameOf(bootstrap: Bootstrap): string | undefined {
  const domains: string[] = [];
  change(bootstrap['static_resources'], (name, value) => {
    if (name === 'domains' && Array.isArray(value)) {
      domains.push(...value.filter((each) => typeof each === 'string'));
    }
    return value;
  });
  return domains.find((domain) => !domain.includes('*'))?.replace(/:\d+$/, '');
}

type Visit = (name: string, value: unknown, parent: string) => unknown;

/** Rebuilds a value with each member passed through `visit`; the same object when nothing differs. */
function change<Value>(value: Value, visit: Visit, parent: string = ''): Value {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => change(item, visit, parent));
    return items.some((item, index) => item !== value[index]) ? (items as Value) : value;
  }
  if (!isMap(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([name, member]) => [
    name,
    change(visit(name, member, parent), visit, name),
  ]);
  const changed = entries.some(([name, member]) => member !== value[name as string]);
  return changed ? (Object.fromEntries(entries) as Value) : value;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
