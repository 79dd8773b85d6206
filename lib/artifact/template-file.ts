import { readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { MAX_FILE_BYTES, MAX_PLAN_BYTES } from './bounds';
import { entry, type Json, parseTemplateText } from './template-text';
import { isConfiguration } from './terraform/configuration';
import { isPlan } from './terraform/plan';
import { UnreadableError } from './unreadable-error';

/** What a file says a deployment in. */
export type TemplateFormat = 'cloudformation' | 'terraform' | 'terraform-plan';

/** A template as it lies on disk. */
export interface TemplateFile {
  /** Name of the stack, or of the file without its endings. */
  readonly name: string;
  readonly file: string;
  readonly format: TemplateFormat;
  readonly content: ReadonlyMap<string, Json>;
}

export const TEMPLATE_ENDINGS: RegExp = /(?:^|\.)(?:template\.json|tf\.json|json|ya?ml|template)$/;
export const TERRAFORM_ENDING = '.tf.json';

/** Files and archives begin with it; a plan that Terraform keeps is one. */
const ARCHIVE = 'PK\u0003\u0004';

/** Parses a file, as long as it is no longer than any that deploys. */
export function parseFile(file: string): Json {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) {
    throw new UnreadableError(file, 'there is no such file', 'synthesise again (cdk synth, cdktf synth)');
  }
  if (file.endsWith('.tf')) {
    throw new UnreadableError(
      file,
      'it is written in HCL, which is not read',
      'give cdk.tf.json, or the plan as JSON (terraform show -json)',
    );
  }
  const mayBePlan = file.endsWith('.json') && !file.endsWith(TERRAFORM_ENDING);
  refuseLonger(file, found.size, mayBePlan ? MAX_PLAN_BYTES : MAX_FILE_BYTES);
  const text = readFileSync(file, 'utf8');
  if (text.startsWith(ARCHIVE)) {
    throw new UnreadableError(
      file,
      'it is an archive; if it is a plan, it is one for Terraform alone',
      'give the plan as JSON (terraform show -json)',
    );
  }
  const content = parseTemplateText(text, file);
  refuseLonger(file, found.size, isPlan(content) ? MAX_PLAN_BYTES : MAX_FILE_BYTES);
  return content;
}

function refuseLonger(file: string, size: number, bound: number): void {
  if (size > bound) {
    throw new UnreadableError(
      file,
      `it is larger than ${bound} bytes`,
      'give a CloudFormation template, cdk.tf.json, or a plan as JSON',
    );
  }
}

/** What a parsed file is; `undefined` when it deploys nothing that is known here. */
export function formatOf(file: string, content: Json): TemplateFormat | undefined {
  if (entry(content, 'Resources') instanceof Map) {
    return 'cloudformation';
  }
  if (isPlan(content)) {
    return 'terraform-plan';
  }
  return file.endsWith(TERRAFORM_ENDING) && isConfiguration(content) ? 'terraform' : undefined;
}

/** A file that must be a template. */
export function templateOf(file: string, content: Json): TemplateFile {
  const format = formatOf(file, content);
  if (format === undefined || !(content instanceof Map)) {
    throw new UnreadableError(file, whyNoTemplate(file, content), whatToGive(content));
  }
  if (format === 'terraform-plan' && entry(content, 'errored') === true) {
    throw new UnreadableError(file, 'it is a plan that ended with an error', 'plan again until it is whole');
  }
  const name = basename(file).replace(TEMPLATE_ENDINGS, '');
  return {
    name: name === '' || name === 'cdk' ? basename(dirname(file)) : name,
    file,
    format,
    content: content as ReadonlyMap<string, Json>,
  };
}

function whyNoTemplate(file: string, content: Json): string {
  if (entry(content, 'values') instanceof Map && entry(content, 'terraform_version') !== undefined) {
    return 'it is the state of Terraform, or a plan without its changes';
  }
  return file.endsWith(TERRAFORM_ENDING)
    ? 'it is no configuration of Terraform: it has neither resource nor module'
    : 'it is no CloudFormation template: it has no Resources; nor is it a plan of Terraform';
}

function whatToGive(content: Json): string {
  return entry(content, 'terraform_version') === undefined
    ? 'give a template, cdk.tf.json, a plan as JSON (terraform show -json), or the folder that cdk synth or cdktf synth wrote'
    : 'give the plan as JSON (terraform show -json of the plan file)';
}
