import type { Bootstrap } from './bootstrap';

/** What a listener wants of the certificates of its clients. */
export interface ClientCertificateDemand {
  /** Whether there is no connection without one. */
  readonly required: boolean;
  /** Subject alternative names that are accepted, exactly. Empty: any. */
  readonly names: readonly string[];
  /** File of the secret discovery service from which the rest of the demand comes, and the secret's name in it. */
  readonly file?: { readonly path: string; readonly secret: string };
}

interface SomeTls {
  readonly require_client_certificate?: unknown;
  readonly common_tls_context?: unknown;
}

/** What the listeners ask of certificates of their clients; `undefined` where they ask for none. */
export function clientCertificateDemandOf(bootstrap: Bootstrap): ClientCertificateDemand | undefined {
  const resources = bootstrap['static_resources'] as { readonly listeners?: unknown } | undefined;
  const contexts = nodes(resources?.listeners).filter((node) => 'common_tls_context' in node) as readonly SomeTls[];
  const [context] = contexts.filter(
    (each) => each.require_client_certificate !== undefined || find(each, 'trusted_ca').length > 0,
  );
  if (context === undefined) return undefined;
  const names = find(context, 'match_typed_subject_alt_names').flatMap((each) => find(each, 'exact'));
  const [secret] = find(context, 'validation_context_sds_secret_config') as readonly { readonly name?: unknown }[];
  const [path] = find(find(secret, 'path_config_source'), 'path');
  return {
    required: context.require_client_certificate === true,
    names: names.filter((name) => typeof name === 'string'),
    ...(typeof path === 'string' && { file: { path, secret: typeof secret?.name === 'string' ? secret.name : '' } }),
  };
}

function find(node: unknown, name: string): readonly unknown[] {
  return nodes(node).flatMap((each) => (name in each ? [each[name]].flat() : []));
}

/** Every object below a node, itself included. */
function nodes(node: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(nodes);
  return Array.isArray(node) ? below : [node as Readonly<Record<string, unknown>>, ...below];
}
