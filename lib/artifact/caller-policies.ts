import type { Bootstrap } from './bootstrap';
import { httpFilters } from './bootstrap-facts';

/** What one policy of the proxy's authorisation admits. */
export interface CallerPolicy {
  /** As the configuration names it. */
  readonly name: string;
  /** Regular expressions of whole paths. */
  readonly paths: readonly string[];
  /** Words of the scope claim of which one opens it. */
  readonly scopes: readonly string[];
  /** Names of client certificates of which one opens it. */
  readonly certificates: readonly string[];
  /** Whether it opens to verified callers whatever their scope. */
  readonly everybody: boolean;
}

interface SomeRbac {
  readonly '@type'?: string;
  readonly rules?: { readonly action?: string; readonly policies?: Readonly<Record<string, SomePolicy>> };
}

interface SomePolicy {
  readonly permissions?: unknown;
  readonly principals?: readonly SomePrincipal[];
}

interface SomePrincipal {
  readonly or_ids?: { readonly ids?: readonly SomePrincipal[] };
}

/** The policies by which the proxy's listeners let requests through. Those of action DENY let nothing through. */
export function callerPoliciesOf(bootstrap: Bootstrap): readonly CallerPolicy[] {
  return rbacRules(bootstrap)
    .filter(({ action = 'ALLOW' }) => action === 'ALLOW')
    .flatMap(({ policies = {} }) => Object.entries(policies))
    .map(([name, { permissions, principals = [] }]) => {
      const callers = alternatives(principals).map((principal) => ({
        scopes: claimValues(principal, 'scope'),
        certificates: strings(members(members(principal, 'principal_name'), 'exact')),
      }));
      return {
        name,
        paths: strings(members(members(permissions, 'url_path'), 'regex')),
        scopes: callers.flatMap(({ scopes }) => scopes),
        certificates: callers.flatMap(({ certificates }) => certificates),
        everybody: callers.some(({ scopes, certificates }) => scopes.length + certificates.length === 0),
      };
    });
}

function alternatives(principals: readonly SomePrincipal[]): readonly SomePrincipal[] {
  return principals.flatMap((principal) =>
    principal.or_ids === undefined ? [principal] : alternatives(principal.or_ids.ids ?? []),
  );
}

/** Ids of credentials (`jti`) that the proxy's listeners refuse. */
export function revokedIdsOf(bootstrap: Bootstrap): readonly string[] {
  return [...new Set(rbacRules(bootstrap).flatMap((rules) => claimValues(rules, 'jti', [])))];
}

function rbacRules(bootstrap: Bootstrap): readonly NonNullable<SomeRbac['rules']>[] {
  return httpFilters(bootstrap)
    .map((filter) => (filter as { readonly typed_config?: SomeRbac }).typed_config ?? {})
    .filter((config) => config['@type']?.endsWith('.rbac.v3.RBAC') === true)
    .flatMap(({ rules }) => (rules === undefined ? [] : [rules]));
}

/** Exact values that a claim of a verified token is compared with. */
function claimValues(node: unknown, claim: string, negations?: readonly string[]): readonly string[] {
  const matchers = [...members(node, 'metadata', negations), ...members(node, 'metadata_matcher', negations)];
  const ofClaim = matchers.filter((matcher) => {
    const { path } = matcher as { readonly path?: readonly { readonly key?: string }[] };
    return Array.isArray(path) && (path.at(-1) as { readonly key?: string } | undefined)?.key === claim;
  });
  return [...new Set(strings(members(ofClaim, 'exact', negations)))];
}

const NEGATIONS = ['not_rule', 'not_id'];

/** Values of a member wherever it stands below a node, except where the opposite is asked for. */
function members(node: unknown, name: string, negations: readonly string[] = NEGATIONS): readonly unknown[] {
  if (Array.isArray(node)) return node.flatMap((each) => members(each, name, negations));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node)
    .filter(([key]) => !negations.includes(key))
    .flatMap(([key, value]) => [...(key === name ? [value] : []), ...members(value, name, negations)]);
}

function strings(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
