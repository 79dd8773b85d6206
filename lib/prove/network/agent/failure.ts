import type { ProbeResult } from '../../probe';

export type Failure = Extract<ProbeResult, { outcome: 'failed' }>;

const BY_CODE: Readonly<Record<string, Failure['by']>> = {
  ECONNREFUSED: 'refused',
  // Unix sockets: no such name, or not allowed to connect to it.
  ENOENT: 'refused',
  EACCES: 'refused',
  EPERM: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // What connect(2) says of a blackhole route.
  EINVAL: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** How a failure looked from the client; its detail keeps the operating system's or OpenSSL's own words. */
export function failure(error: Error): Failure {
  const { code = '' } = error as NodeJS.ErrnoException;
  const detail = code === '' ? error.message : `${code}: ${error.message}`;
  if (/_ALERT_|alert/i.test(`${code} ${error.message}`)) return failed('tls-alert', alertOf(code, error.message));
  // Node says so when the peer hangs up during the handshake without an alert.
  if (error.message.includes('before secure TLS connection')) return failed('closed', detail);
  return failed(BY_CODE[code] ?? 'protocol', detail);
}

export function failed(by: Failure['by'], detail: string): Failure {
  return { outcome: 'failed', by, detail };
}

/** `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED` as `certificate required`. */
function alertOf(code: string, message: string): string {
  const alert = /_ALERT_(.+)$/.exec(code)?.[1];
  return alert === undefined ? message.trim() : alert.toLowerCase().replaceAll('_', ' ');
}
