import { type CallerPolicy } from '../../artifact/caller-policies';
import { samplesOf } from './path-samples';

/** A handler as its path names it. */
export interface Handler {
  /** Whether its path holds a key: workflows and virtual objects cannot be told apart there. */
  readonly kind: 'object' | 'service';
  readonly service: string;
  readonly handler: string;
}

/** A handler that callers may call, and what they need for it. */
export interface Grant extends Handler {
  /** Words of the scope claim of which one opens it. */
  readonly scopes: readonly string[];
  /** Names of client certificates of which one opens it. */
  readonly certificates: readonly string[];
  /** Whether it is open to verified callers whatever their scope. */
  readonly everybody: boolean;
}

/** What the service of the run offers, whatever the proxy grants. */
const OWN: readonly Handler[] = [
  { kind: 'object', service: 'Counter', handler: 'add' },
  { kind: 'service', service: 'Greeter', handler: 'greet' },
];
/** More of it, which is called only where it is not granted. */
const OWN_BESIDE: readonly Handler[] = [
  { kind: 'object', service: 'Counter', handler: 'get' },
  { kind: 'service', service: 'Greeter', handler: 'wait' },
];

const OTHER_SERVICE = 'SomethingElse';
const OTHER_HANDLER = 'somethingElse';

/**
 * The handlers that a proxy's policies grant: by name where they name any, else those of the run's own service, which every caller may
 * then call like any other. A name of theirs may be one of the run's own.
 */
export function grantsOf(policies: readonly CallerPolicy[]): readonly Grant[] {
  const found = policies.flatMap(({ name: _name, paths, ...callers }) => {
    const admits = (path: string): boolean => paths.some((regex) => matches(regex, path));
    const own = OWN.filter((each) => admits(sampleOf(each)));
    const isForAny = admits(sampleOf({ kind: 'service', service: OTHER_SERVICE, handler: OTHER_HANDLER }));
    const named = isForAny ? [] : paths.flatMap((regex) => samplesOf(regex)).flatMap((path) => read(path, admits));
    return [...own, ...named].map((each) => ({ ...each, ...callers }));
  });
  const all =
    found.length > 0 ? found : OWN.map((each) => ({ ...each, scopes: [], certificates: [], everybody: true }));
  const paths = new Set(all.map((each) => pathOf(each, '')));
  return [...paths].map((path) => together(all.filter((each) => pathOf(each, '') === path)));
}

/**
 * Handlers that a proxy's policies open to nobody: of the run's own service, and beside what is granted, by names that are like it or
 * not. Empty where everything is open, or where no policy names paths that can be read.
 */
export function ungrantedOf(policies: readonly CallerPolicy[]): readonly Handler[] {
  const regexes = policies.flatMap(({ paths }) => paths);
  if (!regexes.some((regex) => samplesOf(regex).length > 0)) return [];
  const beside = grantsOf(policies).flatMap(({ kind, service, handler }) => [
    { kind, service, handler: OTHER_HANDLER },
    { kind, service: OTHER_SERVICE, handler },
    { kind, service, handler: `${handler}x` },
    { kind, service: `${service}x`, handler },
  ]);
  const closed = [...OWN, ...OWN_BESIDE, ...beside].filter(
    (each) => !regexes.some((regex) => matches(regex, sampleOf(each))),
  );
  return [...new Map(closed.map((each) => [pathOf(each, ''), each])).values()];
}

function sampleOf(handler: Handler): string {
  return pathOf(handler, 'probe-1');
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
  };
}

/** The path of a granted handler; a service has no keys. */
export function pathOf({ kind, service, handler }: Handler, key: string): string {
  return kind === 'object' ? `/${service}/${key}/${handler}` : `/${service}/${handler}`;
}

/** A key is what another may stand for. */
function read(path: string, admits: (path: string) => boolean): readonly Handler[] {
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
