import { UnsafeConfigurationError } from '../core/errors';
import type { Bootstrap } from './bootstrap';

/**
 * An ECS task definition holds 64 KiB in all, which cannot be raised. The configuration stands in it as a string of JSON, with a backslash
 * before each of its quotes, and is counted so; a quarter is left to everything else, which comes to 8 KiB.
 */
const LARGEST_BOOTSTRAP_BYTES = 48 * 1024;

/**
 * Renders the arguments of the `envoy` program: the whole configuration is one of them, so that no file has to be brought into the image.
 *
 * `--disable-hot-restart` removes Envoy's abstract unix sockets, which other containers of the task could connect to. The log level keeps
 * request headers out of the log: `debug` prints them.
 *
 * @throws UnsafeConfigurationError `BootstrapTooLarge` when the configuration has more than 48 KiB in a task definition
 */
export function proxyArguments(bootstrap: Bootstrap): string[] {
  const json = JSON.stringify(bootstrap);
  const size = Buffer.byteLength(JSON.stringify(json));
  if (size > LARGEST_BOOTSTRAP_BYTES) {
    throw new UnsafeConfigurationError({
      code: 'BootstrapTooLarge',
      given: `the proxy's configuration has ${size} bytes`,
      because: `more than ${LARGEST_BOOTSTRAP_BYTES} would not fit into a task definition beside the rest`,
      write:
        'state fewer callers, inline keys, hostnames, CORS origins or forwarded headers, or take revoked API keys that have expired out of the registry',
    });
  }
  return [
    '--config-yaml',
    json,
    '--disable-hot-restart',
    '--log-level',
    'warning',
    // Access log lines would otherwise wait in memory for ten seconds, and be lost with a crash.
    '--file-flush-interval-msec',
    '100',
  ];
}
