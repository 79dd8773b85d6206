import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { ListenerCertificate } from '../../lib/proxy/listener-certificate';
import { certificateFolder } from './certificate-folder';
import { ingressPolicy } from './policy';
import { startProxy } from './proxy';

const FROM_VARIABLES: ListenerCertificate = {
  kind: 'variables',
  certificate: 'TLS_CERTIFICATE',
  privateKey: 'TLS_PRIVATE_KEY',
};

describe('a certificate of the proxy that comes by environment', () => {
  const minted = certificateFolder();
  const read = (name: string): string => readFileSync(`${minted.folder}/${name}`, 'utf8');
  const environment = { TLS_CERTIFICATE: read('cert.pem'), TLS_PRIVATE_KEY: read('key.pem') };

  afterAll(() => minted.remove());

  test('is what the listener shows, and its key stands in no argument', async () => {
    const proxy = await start(environment);
    const shown = await certificateOf(proxy.port);
    const line = execFileSync('tr', ['\\0', ' '], { input: readFileSync(`/proc/${proxy.pid}/cmdline`) }).toString();
    await proxy.stop();

    expect(shown).toBe(new X509Certificate(environment.TLS_CERTIFICATE).fingerprint256);
    expect(line).toContain('"environment_variable":"TLS_PRIVATE_KEY"');
    expect(line).not.toContain('PRIVATE KEY-----');
  });

  test.each(['TLS_CERTIFICATE', 'TLS_PRIVATE_KEY'])('is demanded: nothing starts without %s', async (name) => {
    await expect(start({ ...environment, [name]: '' })).rejects.toThrow('did not start');
  });

  test('is not repeated in the log when it cannot be read', async () => {
    const started = start({ ...environment, TLS_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\nPLANTED\n' });

    await expect(started).rejects.toThrow(/^(?![^]*PLANTED)[^]*did not start/);
  });
});

function start(environment: Readonly<Record<string, string>>): ReturnType<typeof startProxy> {
  return startProxy({ ingress: ingressPolicy(), upstreamPort: 9, certificate: FROM_VARIABLES, environment });
}

function certificateOf(port: number): Promise<string> {
  return new Promise((settle, fail) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      settle(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', fail);
  });
}
