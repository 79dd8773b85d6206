import { rehearsalBody } from '../../admin-door/known-operations';
import type { Deployment } from '../../deployment';
import { type AdminCalls, adminDoorOf, operatorsToken } from './door';

/** What is in no description of the server, and what a later one may have. */
export function unknownOperations(deployment: Deployment): AdminCalls {
  const token = operatorsToken(deployment);
  const paths = ['/', '/ui', '/ui/', '/ui/index.html', '/openapi', '/metrics', '/debug/pprof/heap', '/restate/health'];
  const versions = ['/v0/deployments', '/v1/deployments', '/v9/deployments', '/v4/v4/deployments', '/v4'];
  const gets = [...paths, ...versions, '/internal', '/probe-unknown', '/deployments/probe/unknown'];
  const acts = [
    '/internal/invocations_batch_operations/kill',
    '/internal/invocations_batch_operations/purge',
    '/v4/internal/invocations_batch_operations/cancel',
    '/probe-unknown',
  ];
  return Object.fromEntries([
    ...gets.map((path) => [`GET ${path}`, { path, token }] as const),
    ...acts.map((path) => [`POST ${path}`, { method: 'POST', path, token, body: '{"invocation_ids":[]}' }] as const),
    ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'HEAD'].map(
      (method) => [`${method} /version`, { method, path: '/version', token }] as const,
    ),
  ]);
}

/** SQL and registration, which the least of the roles has not, in other words. */
export function otherSpellings(deployment: Deployment): AdminCalls {
  const { roles } = adminDoorOf(deployment);
  const least = roles.find(({ name }) => name === 'viewer')?.scopes.slice(0, 1) ?? [];
  const token = operatorsToken(deployment, least);
  const sql = { method: 'POST', token, body: JSON.stringify({ query: 'SELECT 1' }) };
  const register = { method: 'POST', token, body: rehearsalBody(deployment) };
  const paths = [
    '//query',
    '/./query',
    '/version/../query',
    '/version/%2e%2e/query',
    '/version/..;/query',
    '/version/..%2fquery',
    '/%71uery',
    '/%2571uery',
    '/QUERY',
    '/query/',
    '/query;x',
    '/query?',
    '/query?x=/version',
    '/query%3f/version',
    '/query%00/version',
    '/query#/version',
    '/v4/query',
    '/v4//query',
    '\\query',
    'http://127.0.0.1:9070/query',
  ];
  const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  return Object.fromEntries([
    ...paths.map((path) => [`POST ${path}`, { ...sql, path }] as const),
    ...paths.slice(0, 4).map((path) => [`HTTP/2 POST ${path}`, { ...sql, path, protocol: 'h2' }] as const),
    ...['x-original-url', 'x-rewrite-url', 'x-envoy-original-path'].map(
      (name) => [`POST /query as ${name}`, { ...sql, path: '/query', headers: [[name, '/version']] }] as const,
    ),
    ...overrides.map(
      (name) =>
        [
          `POST /deployments as GET by ${name}`,
          { ...register, path: '/deployments', headers: [[name, 'GET']] },
        ] as const,
    ),
    ['POST /deployments as GET by its query', { ...register, path: '/deployments?_method=GET' }],
    ['POST /deployments of version 4', { ...register, path: '/v4/deployments' }],
    ['PUT /deployments', { ...register, method: 'PUT', path: '/deployments' }],
  ]);
}
