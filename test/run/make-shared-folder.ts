import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before a run of Jest: a folder for what its workers make once for all of them. */
export default function makeSharedFolder(): void {
  process.env['PORTCULLIS_TEST_SHARED'] = mkdtempSync(join(tmpdir(), 'portcullis-shared-'));
}
