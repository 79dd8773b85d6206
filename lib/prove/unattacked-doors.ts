import { type Bootstrap, bootstrapSource, parseBootstrap } from '../artifact/bootstrap';
import { httpFilters } from '../artifact/bootstrap-facts';
import { envoyContainer } from '../artifact/role';
import { resolve } from '../artifact/text';
import { settings } from './attacks/proxy-listener';
import type { ClaimSubject } from './claims/proven-claim';

/**
 * Ways in that callers have beside the one that the attacks used: another listener of a balancer, another name, another chain of filters.
 * What was refused at one of them says nothing about the others, each of which has its own filters, or may have none.
 */
export function unattackedDoors(about: ClaimSubject): readonly string[] {
  const bootstrap = bootstrapOf(about.host);
  return [...otherListeners(about), ...otherNames(bootstrap), ...otherRules(bootstrap)];
}

function otherListeners({ artifact, host }: ClaimSubject): readonly string[] {
  const listeners = artifact.balancers
    .flatMap((balancer) => balancer.listeners)
    .filter(({ targets }) => targets.some((target) => target.host === host.id));
  const targets = listeners.flatMap((listener) => listener.targets.filter((target) => target.host === host.id));
  const ports = [...new Set(targets.map(({ port }) => port))];
  if (listeners.length <= 1 && ports.length <= 1) return [];
  const said = listeners.map(({ id, protocol, port }) => `${id} (${protocol} ${port})`).join(', ');
  return [`balancers lead in by ${said}, to port ${ports.join(' and ')} of the task, and one way was attacked`];
}

/** Names of one virtual host are treated alike; each virtual host has routes and exemptions of its own. */
function otherNames(bootstrap: Bootstrap | undefined): readonly string[] {
  const listeners = outerListeners(bootstrap);
  return listeners.flatMap(({ name, filter_chains: chains = [], ...rest }) => {
    const inner = [...chains, ...(rest.default_filter_chain === undefined ? [] : [rest.default_filter_chain])];
    const named = settings(inner, 'domains').map((each) => new Set((each as readonly string[]).map(withoutPort)));
    const hosts = [...new Set(named.map((names) => [...names].sort().join(', ')))];
    return [
      ...(inner.length > 1
        ? [`listener ${name} of the proxy has ${inner.length} filter chains, of which one was attacked`]
        : []),
      ...(hosts.length > 1
        ? [
            `listener ${name} of the proxy has a virtual host each for ${hosts.join(' and ')}, of which one was attacked`,
          ]
        : []),
    ];
  });
}

interface SomeJwtFilter {
  readonly '@type'?: string;
  readonly providers?: Readonly<Record<string, unknown>>;
  readonly rules?: readonly {
    readonly match?: { readonly prefix?: string };
    readonly requires?: unknown;
    readonly requirement_name?: string;
  }[];
}

/** One rule for every path is what the attacks show all of; they cannot guess which paths are exempt. The run serves keys for one issuer. */
function otherRules(bootstrap: Bootstrap | undefined): readonly string[] {
  if (bootstrap === undefined) return [];
  const filters = httpFilters(bootstrap)
    .map((filter) => (filter as { readonly typed_config?: SomeJwtFilter }).typed_config ?? {})
    .filter((config) => config['@type']?.includes('.jwt_authn.') === true);
  const perRoute = settings(bootstrap, 'typed_per_filter_config').some((each) =>
    JSON.stringify(each).includes('jwt_authn'),
  );
  return [
    ...(filters.some(({ rules = [] }) => rules.length > 1 || !rules.every(isForEverything)) || perRoute
      ? ['the proxy asks for tokens by path, and a few paths were attacked']
      : []),
    ...(filters.some(({ providers = {} }) => settings(providers, 'remote_jwks').length > 1)
      ? ['the proxy fetches the keys of several issuers, and those of one were served']
      : []),
  ];
}

function isForEverything({
  match,
  requires,
  requirement_name: name,
}: NonNullable<SomeJwtFilter['rules']>[number]): boolean {
  return match?.prefix === '/' && (requires ?? name) !== undefined;
}

interface SomeListener {
  readonly name?: string;
  readonly filter_chains?: readonly unknown[];
  readonly default_filter_chain?: unknown;
}

function outerListeners(bootstrap: Bootstrap | undefined): readonly SomeListener[] {
  const listeners = settings(bootstrap?.['static_resources'], 'listeners').flat() as readonly SomeListener[];
  return listeners.filter((listener) => !settings(listener, 'address').every((each) => isLoopback(each)));
}

function isLoopback(address: unknown): boolean {
  return typeof address !== 'string' || /^(?:127\.|::1$)/.test(address);
}

/** References stand where they stand in all names alike, so that their values make no difference here. */
function bootstrapOf(host: ClaimSubject['host']): Bootstrap | undefined {
  const envoy = envoyContainer(host);
  const source = envoy === undefined ? undefined : bootstrapSource(envoy);
  if (source?.kind !== 'argument') return undefined;
  return parseBootstrap(resolve(source.text, ({ logicalId, attribute = '' }) => `${logicalId}${attribute}`));
}

function withoutPort(domain: string): string {
  return domain.replace(/:(?:\d+|\*)$/, '');
}
