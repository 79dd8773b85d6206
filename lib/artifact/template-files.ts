import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import {
  formatOf,
  parseFile,
  TEMPLATE_ENDINGS,
  type TemplateFile,
  templateOf,
  TERRAFORM_ENDING,
} from './template-file';
import { entry, type Json } from './template-text';
import { mergeModule, reasonAgainstModule } from './terraform/root-module';
import { UnreadableError } from './unreadable-error';

const SYNTHESISE = 'synthesise first (cdk synth, cdktf synth) and give the folder it wrote, e.g. cdk.out or cdktf.out';

/**
 * Finds and parses what deploys at a path: the stacks of a cloud assembly's `manifest.json` (stages included) or of cdktf's, else a folder
 * of `*.tf.json` as the one configuration that it is to Terraform, else every template lying in the folder, else the one file.
 *
 * @throws UnreadableError
 */
export function findTemplates(path: string): readonly TemplateFile[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UnreadableError(path, 'there is no such file or folder', SYNTHESISE);
  }
  if (!found.isDirectory()) {
    return [templateOf(path, parseFile(path))];
  }
  const templates = existsSync(join(path, 'manifest.json')) ? listed(path) : folder(path);
  if (templates.length === 0) {
    throw new UnreadableError(path, 'it holds no CloudFormation template and nothing of Terraform', SYNTHESISE);
  }
  return templates;
}

function folder(path: string): readonly TemplateFile[] {
  const files = readdirSync(path, { withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ name }) => name)
    .sort();
  if (files.some((name) => name.endsWith('.tf') || name.endsWith(TERRAFORM_ENDING))) {
    return [rootModule(path, files)];
  }
  return files
    .filter((name) => TEMPLATE_ENDINGS.test(name))
    .map((name) => join(path, name))
    .map((file) => ({ file, content: parseFile(file) }))
    .filter(({ file, content }) => formatOf(file, content) !== undefined)
    .map(({ file, content }) => templateOf(file, content));
}

/** All files of a folder are one configuration to Terraform. */
function rootModule(path: string, files: readonly string[]): TemplateFile {
  const reason = reasonAgainstModule(files);
  if (reason !== undefined) {
    throw new UnreadableError(path, reason, 'give cdk.tf.json, or the plan as JSON (terraform show -json)');
  }
  const parts = files
    .filter((name) => name.endsWith(TERRAFORM_ENDING))
    .map((name) => templateOf(join(path, name), parseFile(join(path, name))));
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0
    ? only
    : {
        name: basename(resolve(path)),
        file: path,
        format: 'terraform',
        content: mergeModule(parts.map(({ content }) => content)),
      };
}

function listed(path: string): readonly TemplateFile[] {
  const file = join(path, 'manifest.json');
  const stacks = entry(parseFile(file), 'stacks');
  if (!(stacks instanceof Map)) {
    return assembly(path, path);
  }
  return [...(stacks as ReadonlyMap<string, Json>)].map(([name, stack]) => {
    const template = inside(path, path, entry(stack, 'synthesizedStackPath'), file);
    return { ...templateOf(template, parseFile(template)), name };
  });
}

function assembly(root: string, path: string): TemplateFile[] {
  const file = join(path, 'manifest.json');
  const artifacts = entry(parseFile(file), 'artifacts');
  if (!(artifacts instanceof Map)) {
    throw new UnreadableError(file, 'it lists no artifacts', 'synthesise again (cdk synth, cdktf synth)');
  }
  return [...(artifacts as ReadonlyMap<string, Json>)].flatMap(([id, artifact]) => {
    const type = entry(artifact, 'type');
    const properties = entry(artifact, 'properties');
    if (type === 'cdk:cloud-assembly') {
      return assembly(root, inside(root, path, entry(properties, 'directoryName'), file));
    }
    if (type !== 'aws:cloudformation:stack') {
      return [];
    }
    const template = inside(root, path, entry(properties, 'templateFile'), file);
    const name = entry(artifact, 'displayName');
    return [{ ...templateOf(template, parseFile(template)), name: typeof name === 'string' ? name : id }];
  });
}

/** A manifest names files of its own folder; one that points out of it is not the work of a synthesis. */
function inside(root: string, path: string, name: Json | undefined, manifest: string): string {
  const target = typeof name === 'string' ? resolve(path, name) : undefined;
  const way = target === undefined ? '..' : relative(resolve(root), target);
  if (target === undefined || way === '' || way.startsWith('..')) {
    throw new UnreadableError(
      manifest,
      `it names ${JSON.stringify(name)}, which is no file of its folder`,
      'synthesise again (cdk synth, cdktf synth)',
    );
  }
  return target;
}
