import type { Bootstrap } from '../../artifact/bootstrap';

/** Puts another key set where a bootstrap holds one itself; returns the same object where it holds none. */
export function withInlineKeys(bootstrap: Bootstrap, keySet: string): Bootstrap {
  return change(bootstrap, (name, value, parent) =>
    parent === 'local_jwks' && name === 'inline_string' && typeof value === 'string' ? keySet : value,
  );
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
