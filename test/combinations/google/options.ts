import type { Chosen } from '../all-pairs';

/**
 * What a `RestateServer` on Google Cloud may be asked for, in the values that tell its parts apart. `+` joins the methods of
 * `IngressAuth.anyOf`.
 */
export const OPTIONS = {
  auth: ['jwt', 'jwt-fetched', 'api-keys', 'mutual-tls', 'jwt+api-keys+mutual-tls'],
  callers: ['everybody', 'by-scope', 'by-certificate'],
  exposure: ['internet', 'account', 'tag', 'block', 'internet-and-block'],
  certificate: ['balancer', 'proxy'],
  admin: ['nobody', 'block', 'account', 'tunnel', 'by-certificate', 'uncertified', 'certified-nobody'],
  internet: ['none', 'nat'],
  credentials: ['ambient', 'impersonating', 'key-file', 'none'],
  service: ['cloud-run', 'cloud-run-as-another', 'by-address'],
  snapshots: ['default', 'none'],
  alarms: ['none', 'told'],
  encryptionKey: ['own', 'given'],
  requests: ['default', 'narrow'],
} as const;

/** One deployment that may be asked for. */
export type Combination = Chosen<typeof OPTIONS>;
