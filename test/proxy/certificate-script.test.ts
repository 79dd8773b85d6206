import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { renderCertificateScript } from '../../lib/proxy/certificate-script';
import { refusal } from '../core/refusal';
import { certificateFolder } from './certificate-folder';

describe('the certificate script', () => {
  const tls = certificateFolder();
  const read = (name: string): string => readFileSync(join(tls.folder, name), 'utf8');

  afterAll(() => tls.remove());

  test('writes a certificate and its key, and nothing else', () => {
    expect(readdirSync(tls.folder).sort()).toEqual(['cert.pem', 'key.pem']);
  });

  test('writes them for its own user alone', () => {
    expect(statSync(join(tls.folder, 'key.pem')).mode & 0o777).toBe(0o600);
  });

  test('makes an ECDSA P-256 key that fits the certificate', () => {
    const key = createPrivateKey(read('key.pem'));

    expect(key.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(new X509Certificate(read('cert.pem')).checkPrivateKey(key)).toBe(true);
  });

  test('makes one that outlives any task', () => {
    const years = (Date.parse(new X509Certificate(read('cert.pem')).validTo) - Date.now()) / 31_536_000_000;

    expect(years).toBeGreaterThan(9);
  });

  test('makes another each time', () => {
    const other = certificateFolder();
    const key = readFileSync(join(other.folder, 'key.pem'), 'utf8');
    other.remove();

    expect(key).not.toBe(read('key.pem'));
  });

  test.each(['tls', '/run/a b', '/run/$(id)', '/run/../etc', '/', ''])('refuses the folder %p', (directory) => {
    expect(refusal(() => renderCertificateScript({ directory })).code).toBe('DirectoryInvalid');
  });
});
