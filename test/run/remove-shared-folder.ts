import { rmSync } from 'node:fs';

/** After a run of Jest. */
export default function removeSharedFolder(): void {
  rmSync(process.env['PORTCULLIS_TEST_SHARED'] ?? '', { recursive: true, force: true });
}
