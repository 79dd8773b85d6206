import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { createCertificateAuthority } from '../../../lib/prove/issuer/certificate-authority';

function handshake(
  ca: string,
  servername: string,
  server: { certificate: string; privateKey: string },
): Promise<string> {
  return new Promise((resolve) => {
    const listener = tls
      .createServer({ cert: server.certificate, key: server.privateKey })
      .on('tlsClientError', () => undefined);
    const finish = (result: string): void => {
      client?.destroy();
      listener.close(() => resolve(result));
    };
    let client: tls.TLSSocket | undefined;
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as { port: number };
      client = tls.connect({ host: '127.0.0.1', port, ca, servername }, () => finish('trusted'));
      client.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    });
  });
}

test('a certificate is good for its names, by its own authority, and for nothing else', async () => {
  const authority = await createCertificateAuthority('run');
  const other = await createCertificateAuthority('run');
  const issued = await authority.issue(['orders.example.com', '10.77.0.5']);
  expect(await handshake(authority.certificate, 'orders.example.com', issued)).toBe('trusted');
  expect(await handshake(authority.certificate, 'evil.example.com', issued)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(await handshake(other.certificate, 'orders.example.com', issued)).toMatch(/UNABLE_TO_VERIFY|SIGNATURE/);
  expect(new X509Certificate(issued.certificate).checkIP('10.77.0.5')).toBe('10.77.0.5');
});

test('a server certificate signs no other', async () => {
  const authority = await createCertificateAuthority('run');
  const issued = await authority.issue(['orders.example.com']);
  expect(new X509Certificate(issued.certificate).ca).toBe(false);
  expect(new X509Certificate(authority.certificate).ca).toBe(true);
});
