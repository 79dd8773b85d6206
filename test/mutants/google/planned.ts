import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from '../../terraform/terraform';
import type { Configuration } from './configuration';

/** What terraform itself plans of a configuration, as JSON. */
export function planned(configuration: Configuration): string {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-plan-'));
  const judge = terraform(Object.keys(configuration.resource));
  try {
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
    const run = judge.in(folder);
    const steps = [
      ['init', '-input=false'],
      ['plan', '-input=false', '-refresh=false', '-out=plan.bin'],
    ];
    for (const step of steps) {
      const { status, stdout, stderr } = run(...step);
      if (status !== 0) throw new Error(`terraform ${step[0]} ended with ${status}: ${stdout}${stderr}`);
    }
    return run('show', '-json', 'plan.bin').stdout;
  } finally {
    judge.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
