import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CERTIFICATE_FILE, PRIVATE_KEY_FILE, renderCertificateScript } from '../../lib/proxy/certificate-script';
import type { ListenerCertificate } from '../../lib/proxy/listener-certificate';

/** A folder with what the certificate script writes. */
export function certificateFolder(): { folder: string; certificate: ListenerCertificate; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  execFileSync('/bin/sh', ['-c', renderCertificateScript({ directory: folder })], { stdio: 'ignore', timeout: 10_000 });
  const certificate: ListenerCertificate = {
    kind: 'files',
    certificateFile: join(folder, CERTIFICATE_FILE),
    privateKeyFile: join(folder, PRIVATE_KEY_FILE),
  };
  return { folder, certificate, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
