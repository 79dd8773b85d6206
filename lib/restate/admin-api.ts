/** What a request of the admin API lets an operator do. A role is a set of them. */
export type AdminRight =
  | 'see-the-server'
  | 'see-what-is-deployed'
  | 'query'
  | 'deploy'
  | 'remove-deployments'
  | 'steer-invocations'
  | 'change-state'
  | 'connect-kafka'
  | 'limit-calls';

/** One operation of the admin API, as its own description writes it. */
export interface AdminOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with its parameters: `/deployments/{deployment}`. */
  readonly template: string;
  readonly right: AdminRight;
  /** Parameters that its query may hold, each with the RE2 expression of its values. @default - no query */
  readonly query?: Readonly<Record<string, string>>;
}

/** The versions of the admin API that the server takes as the first segment of a path, or none: `/v4/deployments`. */
export const ADMIN_API_VERSIONS: { readonly least: number; readonly most: number } = { least: 2, most: 4 };

const BOOLEAN = 'true|false';
const DEPLOYMENT = '[Ll]atest|[Kk]eep|dp_\\w+';
const URL_OF_SERVICE_OR_TOPIC = '[\\w.~:/%-]+';

/**
 * Every operation that the server describes at `/openapi`, each with the right that it takes. What is not here is refused to everybody:
 * the web UI, and the operations that only the UI calls, below `/internal`.
 *
 * Deployments are removed by operators alone, because the server removes them by force or not at all. Registering takes any body: the
 * server tells a dry run, `force` and `breaking` by the body, and not by the path.
 *
 * @see https://docs.restate.dev/admin-api
 */
export const ADMIN_OPERATIONS: readonly AdminOperation[] = [
  { method: 'GET', template: '/health', right: 'see-the-server' },
  { method: 'GET', template: '/version', right: 'see-the-server' },
  { method: 'GET', template: '/cluster-health', right: 'see-the-server' },

  { method: 'GET', template: '/deployments', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/deployments/{deployment}', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/services', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/services/{service}', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/services/{service}/openapi', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/services/{service}/handlers', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/services/{service}/handlers/{handler}', right: 'see-what-is-deployed' },
  { method: 'GET', template: '/kafka-clusters', right: 'see-what-is-deployed' },
  {
    method: 'GET',
    template: '/kafka-clusters/{cluster_name}',
    right: 'see-what-is-deployed',
    query: { include_subscriptions: BOOLEAN },
  },
  {
    method: 'GET',
    template: '/subscriptions',
    right: 'see-what-is-deployed',
    query: { sink: URL_OF_SERVICE_OR_TOPIC, source: URL_OF_SERVICE_OR_TOPIC },
  },
  { method: 'GET', template: '/subscriptions/{subscription}', right: 'see-what-is-deployed' },

  { method: 'POST', template: '/query', right: 'query' },

  { method: 'POST', template: '/deployments', right: 'deploy' },
  { method: 'PATCH', template: '/deployments/{deployment}', right: 'deploy' },
  { method: 'PATCH', template: '/services/{service}', right: 'deploy' },
  {
    method: 'DELETE',
    template: '/deployments/{deployment}',
    right: 'remove-deployments',
    query: { force: BOOLEAN },
  },

  {
    method: 'DELETE',
    template: '/invocations/{invocation_id}',
    right: 'steer-invocations',
    query: { mode: '[Cc]ancel|[Kk]ill|[Pp]urge' },
  },
  { method: 'PATCH', template: '/invocations/{invocation_id}/cancel', right: 'steer-invocations' },
  { method: 'PATCH', template: '/invocations/{invocation_id}/kill', right: 'steer-invocations' },
  { method: 'PATCH', template: '/invocations/{invocation_id}/pause', right: 'steer-invocations' },
  { method: 'PATCH', template: '/invocations/{invocation_id}/purge', right: 'steer-invocations' },
  { method: 'PATCH', template: '/invocations/{invocation_id}/purge-journal', right: 'steer-invocations' },
  {
    method: 'PATCH',
    template: '/invocations/{invocation_id}/restart-as-new',
    right: 'steer-invocations',
    query: { from: '[0-9]+', deployment: DEPLOYMENT },
  },
  {
    method: 'PATCH',
    template: '/invocations/{invocation_id}/resume',
    right: 'steer-invocations',
    query: { deployment: DEPLOYMENT },
  },
  { method: 'POST', template: '/vqueues/{vqueue_id}/pause', right: 'steer-invocations' },
  { method: 'POST', template: '/vqueues/{vqueue_id}/resume', right: 'steer-invocations' },

  { method: 'POST', template: '/services/{service}/state', right: 'change-state' },

  { method: 'POST', template: '/kafka-clusters', right: 'connect-kafka' },
  { method: 'PATCH', template: '/kafka-clusters/{cluster_name}', right: 'connect-kafka' },
  {
    method: 'DELETE',
    template: '/kafka-clusters/{cluster_name}',
    right: 'connect-kafka',
    query: { force: BOOLEAN },
  },
  { method: 'POST', template: '/subscriptions', right: 'connect-kafka' },
  { method: 'DELETE', template: '/subscriptions/{subscription}', right: 'connect-kafka' },

  { method: 'PUT', template: '/limits/rules', right: 'limit-calls' },
  { method: 'POST', template: '/limits/rules/bulk-delete', right: 'limit-calls' },
];
