import type { IncomingHttpHeaders } from 'node:http';
import { makeAccessToken, mintIdToken } from './google-tokens';
import type { MetadataServerConfig } from './metadata-server';

/** What the metadata server answers. */
export interface MetadataAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'application/text' | 'text/html';
  readonly body: string;
}

const ROOT = '/computeMetadata/v1/';
const ACCOUNT = /^instance\/service-accounts\/(?:default|[^/]+@[^/]+)\/(identity|token|email|scopes|aliases)$/;
const TOKEN_SECONDS = 3599;

/**
 * Answers as the metadata server of Compute Engine does.
 *
 * @see https://cloud.google.com/compute/docs/metadata/querying-metadata
 */
export function answerMetadata(
  request: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders },
  config: Omit<MetadataServerConfig, 'address' | 'port'>,
): MetadataAnswer {
  const { headers } = request;
  if (headers['metadata-flavor'] !== 'Google' || headers['x-forwarded-for'] !== undefined) return refusal(403);
  const url = new URL(request.url, 'http://metadata.google.internal');
  if (!url.pathname.startsWith(ROOT)) return refusal(404);
  if (request.method !== 'GET') return refusal(405);
  const path = url.pathname.slice(ROOT.length);
  const fact = facts(config)[path];
  if (fact !== undefined) return text(fact);
  const [, what] = ACCOUNT.exec(path) ?? [];
  return what === undefined || config.account === undefined
    ? refusal(404)
    : ofAccount(what, config.account, url.searchParams, config);
}

function ofAccount(
  what: string,
  account: string,
  query: URLSearchParams,
  { keys }: Pick<MetadataServerConfig, 'keys'>,
): MetadataAnswer {
  if (what === 'email') return text(account);
  if (what === 'aliases') return text('default');
  if (what === 'scopes') return text('https://www.googleapis.com/auth/cloud-platform');
  if (what === 'token') {
    const body = { access_token: makeAccessToken(keys, account), expires_in: TOKEN_SECONDS, token_type: 'Bearer' };
    return { status: 200, type: 'application/json', body: JSON.stringify(body) };
  }
  const audience = query.get('audience');
  if (audience === null || audience === '') return { ...text('non-empty audience parameter required'), status: 400 };
  return text(mintIdToken(keys, { email: account, audience }));
}

/** Worth nothing to anybody. */
function facts({ project }: Pick<MetadataServerConfig, 'project'>): Readonly<Record<string, string>> {
  return {
    'universe/universe-domain': 'googleapis.com',
    'project/project-id': project,
    'project/numeric-project-id': '111122223333',
    'instance/id': '1234567890123456789',
    'instance/name': 'emulated',
    'instance/zone': 'projects/111122223333/zones/europe-west1-b',
    'instance/service-accounts/': 'default/\n',
  };
}

function text(body: string): MetadataAnswer {
  return { status: 200, type: 'application/text', body };
}

function refusal(status: number): MetadataAnswer {
  return { status, type: 'text/html', body: '' };
}
