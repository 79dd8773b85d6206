import { type CallerPolicy } from '../../artifact/caller-policies';
import { samplesOf } from './path-samples';

/** A handler that callers may call, and what they need for it. */
export interface Grant {
  /** Whether its path holds a key: workflows and virtual objects cannot be told apart there. */
  readonly kind: 'object' | 'service';
  readonly service: string;
  readonly handler: string;
  /** Words of the scope claim of which one opens it. */
  readonly scopes: readonly string[];
  /** Names of client certificates of which one opens it. */
  readonly certificates: readonly string[];
  /** Whether it is open to verified callers whatever their scope. */
  readonly everybody: boolean;
  /** Whether the proxy names it; else it is one of the run's own, open like any other. */
  readonly byName: boolean;
}

/** What the service of the run offers, whatever the proxy grants. */
const OWN = [
  { kind: 'object', service: 'Counter', handler: 'add' },
  { kind: 'service', service: 'Greeter', handler: 'greet' },
] as const;

/**
 * The handlers that a proxy's policies grant: by name where they name any, else those of the run's own service, which every caller may
 * then call like any other.
 */
export function grantsOf(policies: readonly CallerPolicy[]): readonly Grant[] {
  const found = policies.flatMap(({ name: _name, paths, ...callers }) => {
    const admits = (path: string): boolean => paths.some((regex) => matches(regex, path));
    const own = OWN.filter((each) => admits(pathOf(each, 'probe-1')));
    const named =
      own.length > 0 ? own : paths.flatMap((regex) => samplesOf(regex)).flatMap((path) => read(path, admits));
    return named.map((each) => ({ ...each, ...callers, byName: own.length === 0 }));
  });
  const all =
    found.length > 0
      ? found
      : OWN.map((each) => ({ ...each, scopes: [], certificates: [], everybody: true, byName: false }));
  const paths = new Set(all.map((each) => pathOf(each, '')));
  return [...paths].map((path) => together(all.filter((each) => pathOf(each, '') === path)));
}

/** What several policies say of one handler, each of which opens it. */
function together(grants: readonly Grant[]): Grant {
  const [{ kind, service, handler }] = grants as readonly [Grant];
  return {
    kind,
    service,
    handler,
    scopes: [...new Set(grants.flatMap(({ scopes }) => scopes))],
    certificates: [...new Set(grants.flatMap(({ certificates }) => certificates))],
    everybody: grants.some(({ everybody }) => everybody),
    byName: grants.every(({ byName }) => byName),
  };
}

/** The path of a granted handler; a service has no keys. */
export function pathOf({ kind, service, handler }: Pick<Grant, 'kind' | 'service' | 'handler'>, key: string): string {
  return kind === 'object' ? `/${service}/${key}/${handler}` : `/${service}/${handler}`;
}

/** A key is what another may stand for. */
function read(path: string, admits: (path: string) => boolean): readonly Pick<Grant, 'kind' | 'service' | 'handler'>[] {
  const [, service = '', ...rest] = path.split('/');
  const handler = rest.at(-1) ?? '';
  if (rest.length === 1) return [{ kind: 'service', service, handler }];
  const isKey = rest.length === 2 && ['probe-1', 'probe-2'].every((key) => admits(`/${service}/${key}/${handler}`));
  return isKey ? [{ kind: 'object', service, handler }] : [];
}

function matches(regex: string, path: string): boolean {
  try {
    const insensitive = regex.startsWith('(?i)');
    return new RegExp(`^(?:${insensitive ? regex.slice(4) : regex})$`, insensitive ? 'i' : '').test(path);
  } catch {
    return false;
  }
}
