import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { serverIn } from './template-of';

/** What is really written, with everything that the framework does on its way. */
function written(): Record<string, Record<string, Record<string, Record<string, unknown>>>> {
  const outdir = mkdtempSync(join(tmpdir(), 'portcullis-'));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'Orders');
    new GoogleProvider(stack, 'Google', { project: 'my-project' });
    serverIn(stack, { snapshots: false });
    app.synth();
    const text = readFileSync(join(outdir, 'stacks', 'Orders', 'cdk.tf.json'), 'utf8');
    return (JSON.parse(text) as { resource: ReturnType<typeof written> }).resource;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test('an accepted risk stands in the comment of its resource, beside the path of its construct', () => {
  const [disk] = Object.values(written()['google_compute_disk'] ?? {});
  expect(disk?.['//']).toMatchObject({
    metadata: { path: 'Orders/Restate/Data/Resource' },
    'portcullis:accepted': [
      { claim: 'snapshot-restores', reason: expect.stringMatching(/^snapshots: false/) as string },
    ],
  });
});
