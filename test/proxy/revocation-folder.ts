import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REVOCATION_RESOURCE_FILE, renderRevocationResource } from '../../lib/proxy/revocation-list';

/** A folder as the node keeps it for the proxy. */
export interface RevocationFolder {
  readonly folder: string;
  /** Publishes another list: as the node does, written beside and renamed over. */
  publish(crlPem: string): void;
  /** The same with any text. */
  write(text: string): void;
  remove(): void;
}

/** Makes one with a list. */
export function revocationFolder(crlPem: string): RevocationFolder {
  const folder = mkdtempSync(join(tmpdir(), 'revocation-'));
  const file = join(folder, REVOCATION_RESOURCE_FILE);
  const write = (text: string): void => {
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  const publish = (pem: string): void => write(renderRevocationResource(pem));
  publish(crlPem);
  return { folder, publish, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
