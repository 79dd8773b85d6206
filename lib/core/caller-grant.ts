import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';
import { type IngressAuth, methodOf } from './ingress-auth';
import { refuseUnknownOptions } from './known-options';

/** Handlers of one service, in the vendor's words for its three types, which tell where a path holds a key. */
export type HandlerGrant =
  | { readonly service: string; readonly handlers: readonly string[] }
  | { readonly object: string; readonly handlers: readonly string[] }
  | { readonly workflow: string; readonly handlers: readonly string[] };

/** Who may call what: bearers of a scope, or of a certificate by its exact name. */
export type CallerGrant =
  | { readonly scope: string; readonly handlers: readonly HandlerGrant[] }
  | { readonly certificate: string; readonly handlers: readonly HandlerGrant[] };

/** A scope of OAuth 2 (RFC 6749, 3.3): visible ASCII without quotation mark and backslash. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;
/** Names of services and handlers, as the server knows them. */
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/;
const HANDLERS = "{ service: 'Greeter', handlers: ['greet'] }";
const EXAMPLE = `{ scope: 'orders:write', handlers: [${HANDLERS}] }`;
const KINDS = ['service', 'object', 'workflow'] as const;

/** @throws UnsafeConfigurationError `ScopeInvalid` */
export function scope(value: string): string {
  if (typeof concrete('a scope', value) === 'string' && SCOPE.test(value)) return value;
  throw new UnsafeConfigurationError({
    code: 'ScopeInvalid',
    given: `scope ${quote(value)}`,
    because: 'it is one word of the scope claim, compared exactly',
    write: "give one scope without blanks, e.g. 'orders:write'",
  });
}

/**
 * Validates who may call what. What no entry grants is refused; an empty list admits nobody.
 *
 * @throws UnsafeConfigurationError `CallerInvalid`, `ScopeInvalid`, `HandlersInvalid`, `OptionUnknown`, `OptionInvalid`
 */
export function callerGrants(grants: readonly CallerGrant[], auth: IngressAuth): readonly CallerGrant[] {
  if (!Array.isArray(grants)) throw invalid(grants, 'callers are no list', `write [${EXAMPLE}]`);
  return (grants as readonly CallerGrant[]).map((grant) => {
    refuseUnknownOptions('a caller', grant, ['scope' in Object(grant) ? 'scope' : 'certificate', 'handlers'], EXAMPLE);
    const handlers = Array.isArray(grant.handlers) ? grant.handlers.map(handlerGrant) : [];
    if (handlers.length === 0) throw invalid(grant, 'it grants nothing', 'name handlers, or leave the entry out');
    return 'scope' in grant
      ? { scope: bearer(grant.scope, auth), handlers }
      : { certificate: certificate(grant.certificate, auth), handlers };
  });
}

function bearer(value: string, auth: IngressAuth): string {
  if (methodOf(auth, 'jwt') ?? methodOf(auth, 'apiKeys')) return scope(value);
  throw invalid({ scope: value }, 'nobody shows a token or key with scopes', 'name callers by { certificate }');
}

function certificate(name: string, auth: IngressAuth): string {
  const known = methodOf(auth, 'mutualTls')?.names;
  if (known?.includes(name) === true) return name;
  throw invalid(
    { certificate: name },
    known === undefined ? 'nobody shows a certificate' : 'no such certificate is admitted',
    known === undefined ? 'name callers by { scope }' : `choose among ${known.join(', ')}`,
  );
}

function handlerGrant(grant: HandlerGrant): HandlerGrant {
  const kinds = KINDS.filter((kind) => kind in Object(grant));
  const [kind] = kinds;
  const name = kind === undefined ? undefined : (grant as Readonly<Record<string, unknown>>)[kind];
  const words = [name, ...(Array.isArray(grant?.handlers) ? grant.handlers : [undefined])];
  const unknown = Object.keys(Object(grant) as object).some((key) => key !== kind && key !== 'handlers');
  if (kinds.length !== 1 || unknown || words.length < 2 || !words.every((word) => isName(word))) {
    throw new UnsafeConfigurationError({
      code: 'HandlersInvalid',
      given: `handlers ${quote(grant)}`,
      because: 'a grant names one service by its type and each handler of it exactly: paths differ by type',
      write: `write ${exampleFor(grant)}, or object or workflow in place of service`,
    });
  }
  return { ...grant, handlers: [...new Set(grant.handlers)].sort() };
}

/** Of the user's own names, where they were written as in a path. */
function exampleFor(grant: unknown): string {
  const [service = '', handler = '', ...others] = typeof grant === 'string' ? grant.split('/') : [];
  if (others.length > 0 || !NAME.test(service) || !NAME.test(handler)) return HANDLERS;
  return `{ service: '${service}', handlers: ['${handler}'] }`;
}

function isName(word: unknown): boolean {
  return typeof concrete('a handler grant', word) === 'string' && NAME.test(word as string);
}

function invalid(given: unknown, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'CallerInvalid', given: `caller ${quote(given)}`, because, write });
}
