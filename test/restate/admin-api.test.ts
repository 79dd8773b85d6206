import { ADMIN_API_VERSIONS, ADMIN_OPERATIONS } from '../../lib/restate/admin-api';
import { ALONE, startRestateServer, type RunningServer } from './restate-server';

interface Parameter {
  readonly in: string;
  readonly name: string;
}

/** What the server says of its own admin API. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
}

describe('the admin API of the server', () => {
  let server: RunningServer;
  let described: Description;

  beforeAll(async () => {
    server = await startRestateServer({ prefix: ALONE });
    described = JSON.parse((await server.admin('/openapi')).body) as Description;
  });
  afterAll(() => server?.stop());

  /** `GET /deployments?force`, with the names of the query's parameters. */
  function operations(): string[] {
    return Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [] }]) =>
        written(
          method,
          path,
          parameters.flatMap((parameter) => (parameter.in === 'query' ? [parameter.name] : [])),
        ),
      ),
    );
  }

  test('has no operation that is not classified, and none is classified that it has not', () => {
    const classified = ADMIN_OPERATIONS.map(({ method, template, query = {} }) =>
      written(method, template, Object.keys(query)),
    );

    expect(operations().length).toBeGreaterThan(30);
    expect({
      unclassified: operations().filter((each) => !classified.includes(each)),
      unknown: classified.filter((each) => !operations().includes(each)),
    }).toEqual({ unclassified: [], unknown: [] });
    expect(new Set(classified).size).toBe(classified.length);
  });

  test('has the versions that paths may begin with', async () => {
    const version = JSON.parse((await server.admin('/version')).body) as Record<string, unknown>;

    expect(version).toMatchObject({
      min_admin_api_version: ADMIN_API_VERSIONS.least,
      max_admin_api_version: ADMIN_API_VERSIONS.most,
    });
  });

  test('answers operations that it does not describe, which are therefore refused to everybody', async () => {
    const { status } = await server.admin('/internal/invocations_batch_operations/kill', { invocation_ids: [] });

    expect(status).toBe(200);
    expect(ADMIN_OPERATIONS.filter(({ template }) => template.startsWith('/internal'))).toEqual([]);
  });
});

function written(method: string, path: string, query: readonly string[]): string {
  return `${method.toUpperCase()} ${path}${query.length === 0 ? '' : `?${[...query].sort().join('&')}`}`;
}
