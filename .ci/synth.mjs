// Synthesises the examples, those of AWS into cdk.out and those of Google Cloud into cdktf.out, where nothing else is left.
import { rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const EXAMPLES = [
  { app: '.build/examples/aws/app.js', folder: 'cdk.out', variables: { CDK_OUTDIR: 'cdk.out' } },
  { app: '.build/examples/google/app.js', folder: 'cdktf.out', variables: {} },
];

for (const { app, folder, variables } of EXAMPLES) {
  rmSync(folder, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [app], { stdio: 'inherit', env: { ...process.env, ...variables } });
  if (status !== 0) process.exit(status ?? 1);
}
