import type { Bootstrap } from '../../artifact/bootstrap';

/** Environment variables that a listener takes its certificate from. */
export interface CertificateVariables {
  readonly chain: string;
  readonly privateKey: string;
}

/** The variables that hold certificates and keys of the listeners, of those that hold any. */
export function certificateVariables(bootstrap: Bootstrap): readonly CertificateVariables[] {
  return find(bootstrap['static_resources']);
}

function find(value: unknown): readonly CertificateVariables[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const chain = variableOf(value, 'certificate_chain');
  const privateKey = variableOf(value, 'private_key');
  const own = chain === undefined || privateKey === undefined ? [] : [{ chain, privateKey }];
  return [...own, ...Object.values(value).flatMap(find)];
}

function variableOf(value: object, name: string): string | undefined {
  const source = (value as Readonly<Record<string, { readonly environment_variable?: unknown } | undefined>>)[name];
  const variable = source?.environment_variable;
  return typeof variable === 'string' ? variable : undefined;
}
