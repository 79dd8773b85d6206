import type { Bootstrap } from '../../artifact/bootstrap';

/** Environment variables that a listener takes its certificate from. */
export interface CertificateVariables {
  readonly chain: string;
  readonly privateKey: string;
}

/** Files of the container that a listener takes its certificate from. */
export type CertificateFiles = CertificateVariables;

/** The variables that hold certificates and keys of the listeners, of those that hold any. */
export function certificateVariables(bootstrap: Bootstrap): readonly CertificateVariables[] {
  return find(bootstrap['static_resources'], 'environment_variable');
}

/** The files that hold certificates and keys of the listeners. */
export function certificateFiles(bootstrap: Bootstrap): readonly CertificateFiles[] {
  return find(bootstrap['static_resources'], 'filename');
}

function find(value: unknown, kind: 'environment_variable' | 'filename'): readonly CertificateVariables[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const chain = sourceOf(value, 'certificate_chain', kind);
  const privateKey = sourceOf(value, 'private_key', kind);
  const own = chain === undefined || privateKey === undefined ? [] : [{ chain, privateKey }];
  return [...own, ...Object.values(value).flatMap((each) => find(each, kind))];
}

function sourceOf(value: object, name: string, kind: string): string | undefined {
  const source = (value as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[name]?.[kind];
  return typeof source === 'string' ? source : undefined;
}
