import { ADMIN_OPERATIONS, type AdminRight } from '../../restate/admin-api';
import type { Deployment } from '../deployment';
import { uniqueKey } from '../attacks/planted';
import { registrationOf } from '../service/registration';

/** An operation of the running server, in a shape that can be sent. */
export interface SampleOperation {
  readonly method: string;
  /** Names nothing that exists, so that it changes nothing even where it gets through. */
  readonly path: string;
  readonly body?: string;
  /** What it takes. Absent: nobody knows it, so nobody may have it. */
  readonly right?: AdminRight;
}

interface SomeDescription {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation that the running server itself describes, each once. */
export async function knownOperations(deployment: Deployment): Promise<readonly SampleOperation[]> {
  const { status, body } = await deployment.records.admin('/openapi');
  if (status !== 200) throw new Error(`the server answered ${status} when it was asked what it offers`);
  const { paths = {} } = JSON.parse(body) as SomeDescription;
  return Object.entries(paths).flatMap(([template, operations]) =>
    METHODS.filter((method) => method in operations).map((method) =>
      sample(deployment, method.toUpperCase(), template),
    ),
  );
}

function sample(deployment: Deployment, method: string, template: string): SampleOperation {
  const known = ADMIN_OPERATIONS.find((each) => each.method === method && each.template === template);
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameter(name));
  const text = bodyOf(deployment, method, template);
  return { method, path, ...(text !== undefined && { body: text }), ...(known && { right: known.right }) };
}

/** In the shape that the server gives each. */
function parameter(name: string): string {
  const word = uniqueKey().replaceAll('-', '_');
  const prefixes: Readonly<Record<string, string>> = { deployment: 'dp_', invocation_id: 'inv_', subscription: 'sub_' };
  return `${prefixes[name] ?? ''}${word}`;
}

/** What the server would act upon. A registration is a rehearsal. */
function bodyOf(deployment: Deployment, method: string, template: string): string | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (template === '/query') return JSON.stringify({ query: 'SELECT 1' });
  return template === '/deployments' ? rehearsalBody(deployment) : '{}';
}

/** Registration of the service that is registered already, without any effect. */
export function rehearsalBody({ service }: Deployment): string {
  return JSON.stringify({ ...registrationOf(service), dry_run: true });
}
