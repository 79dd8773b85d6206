// Synthesises the examples into cdk.out, where nothing else is left.
import { rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

rmSync('cdk.out', { recursive: true, force: true });
const { status } = spawnSync(process.execPath, ['.build/examples/aws/app.js'], {
  stdio: 'inherit',
  env: { ...process.env, CDK_OUTDIR: 'cdk.out' },
});
process.exit(status ?? 1);
