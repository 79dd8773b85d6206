import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { proxyArguments } from '../../lib/proxy/arguments';
import { renderBootstrap, type Bootstrap } from '../../lib/proxy/bootstrap';
import { refusal } from '../core/refusal';
import { signingKey } from '../core/signing-key';
import { ingressPolicy, ISSUER } from './policy';
import { startProxy } from './proxy';

function bootstrap(keys: number): Bootstrap {
  const jwks = { keys: Array.from({ length: keys }, () => signingKey().jwk) };
  return renderBootstrap({
    ingress: ingressPolicy({ auth: IngressAuth.jwt({ issuer: ISSUER, audiences: ['orders'], jwks }) }),
    listener: {
      port: 8443,
      certificate: {
        kind: 'files',
        certificateFile: '/run/portcullis/tls/cert.pem',
        privateKeyFile: '/run/portcullis/tls/key.pem',
      },
    },
    health: { port: 8081 },
    upstream: { port: 8080 },
  });
}

describe('the arguments of the proxy', () => {
  test('hold the whole configuration as one, minified', () => {
    const rendered = bootstrap(1);
    const [flag, json] = proxyArguments(rendered);

    expect(flag).toBe('--config-yaml');
    expect(JSON.parse(json!)).toEqual(rendered);
    expect(json).not.toMatch(/\n|": /);
    expect(Buffer.byteLength(json!)).toBeLessThan(14_000);
  });

  test('never make Envoy write headers into its log', () => {
    const args = proxyArguments(bootstrap(1));

    expect(args[args.indexOf('--log-level') + 1]).toBe('warning');
  });

  test('are refused when they would not fit into a task definition', () => {
    const { code, message } = refusal(() => proxyArguments(bootstrap(200)));

    expect(code).toBe('BootstrapTooLarge');
    expect(message).toMatch(/^the proxy's configuration has \d{5} bytes: more than 49152 /);
  });

  test('leave no socket to other containers of the task', async () => {
    expect(await abstractSockets([])).toEqual([]);
    expect((await abstractSockets(['--base-id', '7'])).length).toBeGreaterThan(0);
  });
});

/** Abstract sockets of Envoy in a network of its own; with other arguments in place of `--disable-hot-restart` when some are given. */
async function abstractSockets(instead: readonly string[]): Promise<string[]> {
  const swap = `for arg; do shift; case $arg in --disable-hot-restart) set -- "$@" ${instead.join(' ')};; *) set -- "$@" "$arg";; esac; done;`;
  // Hot restart leaves a file in shared memory behind, which must not outlive the test.
  const alone = 'mount -t tmpfs tmpfs /dev/shm; ip link set lo up;';
  const script = `${alone} ${instead.length > 0 ? swap : ''} exec "$@"`;
  const prefix = ['unshare', '--user', '--map-root-user', '--net', '--mount', 'sh', '-c', script, 'sh'];
  const proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: 9, prefix });
  const listening = `:${proxy.port.toString(16).toUpperCase().padStart(4, '0')} `;
  try {
    const deadline = Date.now() + 10_000;
    while (!sockets(proxy.pid, 'tcp').includes(listening)) {
      if (Date.now() > deadline) throw new Error(`the proxy did not start: ${proxy.log()}`);
      await sleep(50);
    }
    return sockets(proxy.pid, 'unix').match(/@envoy\w*/g) ?? [];
  } finally {
    await proxy.stop();
  }
}

/** What the kernel lists for the network of a process. */
function sockets(pid: number, family: 'tcp' | 'unix'): string {
  return readFileSync(`/proc/${pid}/net/${family}`, 'utf8');
}
