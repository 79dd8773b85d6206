import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderCertificateScript } from '../../lib/proxy/certificate-script';

/** A folder with what the certificate script writes. */
export function certificateFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  execFileSync('/bin/sh', ['-c', renderCertificateScript({ directory: folder })], { stdio: 'ignore', timeout: 10_000 });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
