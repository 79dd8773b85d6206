import type { IncomingHttpHeaders } from 'node:http';
import type { KnownCredentials } from './credential-file';
import { accountOfAccessToken, type GoogleKeys, makeAccessToken, mintIdToken, verifyIdToken } from './google-tokens';
import { accountOfSelfSigned, type ApiAnswer } from './token-endpoint';

/** A service as the front end knows it. */
export interface FrontService {
  /** Name of its host: `greeter-run-ew.a.run.app`. */
  readonly host: string;
  /** What tokens may be for. */
  readonly audiences: readonly string[];
  /** Whether callers outside the network may send. */
  readonly fromOutside: boolean;
  readonly checksInvoker: boolean;
  /** Whom it admits by the grants of the files: nobody but those named, everybody with an account, or everybody. */
  readonly admits: 'named' | 'authenticated' | 'anybody';
  /** E-mail addresses. */
  readonly invokers: readonly string[];
  /** What the container is spoken to in. */
  readonly protocol: 'h2c' | 'http1';
}

/** What the front end decides with. */
export interface FrontRules {
  readonly services: readonly FrontService[];
  /** By the e-mail address of an account, those who may have ID tokens made in its name. */
  readonly minters: Readonly<Record<string, readonly string[]>>;
  /** The same for whoever may act as it. */
  readonly impersonators: Readonly<Record<string, readonly string[]>>;
}

/** A request as it came to the front end. */
export interface FrontCall {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether it came from within the network of the files. */
  readonly inside: boolean;
}

/** What becomes of a request to a service. `why` is one word that says who or what decided. */
export type FrontDecision =
  | { readonly to: FrontService; readonly why: string; readonly headers: IncomingHttpHeaders }
  | { readonly status: 401 | 403 | 404; readonly why: string };

/** Header that carries a token for the front end alone. @see https://cloud.google.com/run/docs/authenticating/service-to-service */
export const SERVERLESS = 'x-serverless-authorization';

/**
 * Decides as the front end of Cloud Run does: who sends, by which token, to which service. The header for the front end never reaches a
 * container, and Authorization does as it came, unless the front end had to take its token from there.
 */
export function decide(call: FrontCall, rules: FrontRules, keys: GoogleKeys): FrontDecision {
  const service = rules.services.find(({ host }) => host === call.host);
  if (service === undefined) return { status: 404, why: 'host' };
  if (!service.fromOutside && !call.inside) return { status: 404, why: 'ingress' };
  if (RESERVED.test(call.path.split('?')[0] ?? '')) return { status: 404, why: 'path' };
  const { [SERVERLESS]: ours, ...headers } = call.headers;
  if (!service.checksInvoker) return { to: service, why: 'unchecked', headers };
  if (service.admits === 'anybody') return { to: service, why: 'anybody', headers };
  const shown = bearer(ours ?? headers.authorization);
  if (shown === undefined) return { status: 403, why: 'no token' };
  const token = verifyIdToken(keys, shown);
  if (typeof token === 'string') return { status: 401, why: token };
  if (!service.audiences.includes(token.audience)) return { status: 401, why: 'audience' };
  const named = service.invokers.includes(token.email);
  if (!named && service.admits === 'named') return { status: 403, why: 'invoker' };
  const why = named ? token.email : service.admits;
  return { to: service, why, headers: ours === undefined ? unsigned(headers) : headers };
}

/** Google's own. @see https://cloud.google.com/run/docs/known-issues */
const RESERVED = /^\/(?:eventlog|_ah\/.*|[a-z]*z)$/;

/** A token that the front end has taken from Authorization opens nothing any more when the container gets it. */
function unsigned(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const authorization = headers.authorization?.replace(/^(\S+ +[^.]+\.[^.]+)\..+$/, '$1.SIGNATURE_REMOVED_BY_GOOGLE');
  return { ...headers, authorization };
}

const CREDENTIALS = /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):(generateIdToken|generateAccessToken)$/;

/**
 * Makes tokens in the name of an account for whoever the grants of the files let, and who shows an access token of the run or one that the
 * key of an account has signed.
 *
 * @see https://cloud.google.com/iam/docs/reference/credentials/rest
 */
export function answerCredentials(
  call: { readonly path: string; readonly authorization: string | undefined; readonly body: string },
  rules: FrontRules,
  { keys, credentials }: { readonly keys: GoogleKeys; readonly credentials?: KnownCredentials },
): ApiAnswer {
  const [, target = '', what] = CREDENTIALS.exec(decodeURIComponent(call.path)) ?? [];
  if (what === undefined) return failure(404, 'NOT_FOUND');
  const shown = bearer(call.authorization) ?? '';
  const caller = accountOfAccessToken(keys, shown) ?? accountOfSelfSigned(credentials, shown);
  if (caller === undefined) return failure(401, 'UNAUTHENTICATED');
  const mayBecome = rules.impersonators[target]?.includes(caller) === true;
  if (what === 'generateAccessToken') {
    return mayBecome
      ? { status: 200, body: { accessToken: makeAccessToken(keys, target) } }
      : failure(403, 'PERMISSION_DENIED');
  }
  if (!mayBecome && rules.minters[target]?.includes(caller) !== true) return failure(403, 'PERMISSION_DENIED');
  const { audience } = parse(call.body);
  if (typeof audience !== 'string' || audience === '') return failure(400, 'INVALID_ARGUMENT');
  return { status: 200, body: { token: mintIdToken(keys, { email: target, audience }) } };
}

function failure(code: number, status: string): ApiAnswer {
  return { status: code, body: { error: { code, status, message: status } } };
}

function bearer(header: string | string[] | undefined): string | undefined {
  const [value = ''] = [header].flat();
  const [, token] = /^bearer +(\S+)$/i.exec(value) ?? [];
  return value === '' ? undefined : (token ?? '');
}

function parse(body: string): { readonly audience?: unknown } {
  try {
    return Object(JSON.parse(body)) as { readonly audience?: unknown };
  } catch {
    return {};
  }
}
