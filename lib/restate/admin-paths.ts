import { ADMIN_API_VERSIONS, type AdminOperation } from './admin-api';

/** One segment each, as the server makes or admits them. None needs an escape, so none is let through: not `%2F`, not `..`. */
const PARAMETERS: Readonly<Record<string, string>> = {
  '{deployment}': 'dp_\\w+',
  '{invocation_id}': 'inv_\\w+',
  '{subscription}': 'sub_\\w+',
  '{vqueue_id}': '[A-Za-z]\\w*',
  '{cluster_name}': '\\w[\\w.-]*',
  '{service}': '[A-Za-z_][\\w.-]*',
  '{handler}': '[A-Za-z_][\\w.-]*',
};

/** Paths by their segments: the proxy's whole configuration is one argument, whose size is limited, and most paths begin alike. */
interface Tree {
  readonly children: Map<string, Tree>;
  /** What may follow where a path ends here. */
  query?: string;
}

/**
 * Renders the RE2 expression that matches path and query of these operations as a whole, and nothing else.
 *
 * @throws Error for a path parameter whose shape is not known
 */
export function adminPaths(operations: readonly Pick<AdminOperation, 'template' | 'query'>[]): string {
  const root: Tree = { children: new Map() };
  for (const { template, query = {} } of operations) {
    let node = root;
    for (const segment of template.split('/').slice(1)) {
      const next = node.children.get(segment) ?? { children: new Map() };
      node.children.set(segment, next);
      node = next;
    }
    node.query = queryOf(query);
  }
  const { least, most } = ADMIN_API_VERSIONS;
  return `(?:/v[${least}-${most}])?${render(root)}`;
}

function render({ children, query }: Tree): string {
  const below = [...children].map(([segment, tree]) => `/${shape(segment)}${render(tree)}`);
  const endsHere = query !== undefined;
  const all = endsHere && query !== '' ? [query, ...below] : below;
  if (all.length === 0) return '';
  return endsHere ? `(?:${all.join('|')})?` : group(all);
}

function group(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : `(?:${parts.join('|')})`;
}

function shape(segment: string): string {
  if (!segment.startsWith('{')) return segment;
  const known = PARAMETERS[segment];
  if (known === undefined) throw new Error(`the path parameter ${segment} of the admin API has no known shape`);
  return known;
}

/** The named parameters in any order, each in its known shape; none at all is said without the question mark. */
function queryOf(query: Readonly<Record<string, string>>): string {
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${value.includes('|') ? `(?:${value})` : value}`,
  );
  if (parameters.length === 0) return '';
  const one = group(parameters);
  return parameters.length === 1 ? `\\?${one}` : `\\?${one}(?:&${one})*`;
}
