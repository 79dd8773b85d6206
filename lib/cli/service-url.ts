import { InvalidArgumentError } from 'commander';

/**
 * The address of a service as `--service` gives it. Restate speaks HTTP/2 without TLS to it, and its path is the service's own.
 *
 * @throws InvalidArgumentError
 */
export function serviceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.protocol === 'http:' && url.username === '' && url.search === '' && url.hash === '';
  if (url !== undefined && plain) return url;
  throw new InvalidArgumentError('write the address that your service listens on, e.g. http://127.0.0.1:9080');
}
