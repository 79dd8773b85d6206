import type { BalancerListener } from '../artifact/artifact';
import type { Bootstrap } from '../artifact/bootstrap';
import { httpFilters } from '../artifact/bootstrap-facts';
import { operatorsPort } from './admin-door/operators-port';
import { settings } from './attacks/proxy-listener';
import type { ClaimSubject } from '../claims/claim-subject';
import { containerPort } from './network/published-ports';
import { statedBootstrap } from './stated-bootstrap';

/**
 * Ways in that callers have beside the one that the attacks used: another listener of a balancer, another name, another chain of filters.
 * What was refused at one of them says nothing about the others, each of which has its own filters, or may have none.
 */
export function unattackedDoors(about: ClaimSubject): readonly string[] {
  const bootstrap = statedBootstrap(about.host);
  return [...otherListeners(about), ...otherNames(bootstrap), ...otherRules(bootstrap)];
}

/** Callers and operators have a way in each, and each is attacked. */
function otherListeners({ artifact, host }: ClaimSubject): readonly string[] {
  const admin = operatorsPort(host);
  const listeners = artifact.balancers.flatMap((balancer) => balancer.listeners);
  const leading = (isOurs: (port: number) => boolean): readonly Way[] =>
    listeners.flatMap((listener) => {
      const targets = listener.targets.filter(({ host: id }) => id === host.id);
      const ports = targets.map(({ port }) => containerPort(host, port) ?? port).filter(isOurs);
      return ports.length === 0 ? [] : [{ listener, ports }];
    });
  return [...severalWays(leading((port) => port !== admin)), ...severalWays(leading((port) => port === admin))];
}

interface Way {
  readonly listener: BalancerListener;
  /** Ports of the task. */
  readonly ports: readonly number[];
}

function severalWays(ways: readonly Way[]): readonly string[] {
  const ports = [...new Set(ways.flatMap((way) => way.ports))];
  if (ways.length <= 1 && ports.length <= 1) return [];
  const said = ways.map(({ listener: { id, protocol, port } }) => `${id} (${protocol} ${port})`).join(', ');
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

function withoutPort(domain: string): string {
  return domain.replace(/:(?:\d+|\*)$/, '');
}
