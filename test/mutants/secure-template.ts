import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFile } from '../check/examples';
import { madeOnce } from '../run/made-once';
import type { Example } from './mutant';
import type { Template } from './template';

const templates = new Map<Example, Template>();

/** The example's template as it is synthesised. */
export function secureTemplate(example: Example): Template {
  const known = templates.get(example) ?? read(example);
  templates.set(example, known);
  return known;
}

function read(example: Example): Template {
  const file =
    example === 'Combined'
      ? join(madeOnce('combined', synthesiseCombined), 'Combined.template.json')
      : exampleFile(example);
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

// Required where they are used: only the first test of a run waits for the framework.
/* oxlint-disable typescript/no-require-imports */
function synthesiseCombined(outdir: string): void {
  const { App } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const { CombinedStack } = require('./combined-stack') as typeof import('./combined-stack');
  const app = new App({ outdir });
  new CombinedStack(app, 'Combined');
  app.synth();
}
/* oxlint-enable typescript/no-require-imports */
