import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { MAX_FILE_BYTES } from './bounds';
import { type Json, parseTemplateText } from './template-text';
import { UnreadableError } from './unreadable-error';

/** A template as it lies on disk. */
export interface TemplateFile {
  /** Name of the stack, or of the file without its endings. */
  readonly name: string;
  readonly file: string;
  readonly content: ReadonlyMap<string, Json>;
}

const TEMPLATE_ENDINGS = /\.(?:template\.json|json|ya?ml|template)$/;

/**
 * Finds and parses the CloudFormation templates at a path: the stacks of a cloud assembly's `manifest.json` (stages included), else every
 * template lying in the folder, else the one file.
 *
 * @throws UnreadableError
 */
export function findTemplates(path: string): readonly TemplateFile[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UnreadableError(
      path,
      'there is no such file or folder',
      'synthesise first (cdk synth) and give the folder it wrote, e.g. cdk.out',
    );
  }
  if (!found.isDirectory()) {
    return [templateOf(path, parseFile(path))];
  }
  const templates = existsSync(join(path, 'manifest.json')) ? assembly(path, path) : folder(path);
  if (templates.length === 0) {
    throw new UnreadableError(
      path,
      'it holds no CloudFormation template',
      'synthesise first (cdk synth) and give the folder it wrote, e.g. cdk.out',
    );
  }
  return templates;
}

function folder(path: string): TemplateFile[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && TEMPLATE_ENDINGS.test(entry.name))
    .map((entry) => join(path, entry.name))
    .sort()
    .map((file) => ({ file, content: parseFile(file) }))
    .filter(({ content }) => isTemplate(content))
    .map(({ file, content }) => templateOf(file, content));
}

function assembly(root: string, path: string): TemplateFile[] {
  const file = join(path, 'manifest.json');
  const artifacts = child(parseFile(file), 'artifacts');
  if (!(artifacts instanceof Map)) {
    throw new UnreadableError(file, 'it lists no artifacts', 'synthesise again (cdk synth)');
  }
  return [...(artifacts as ReadonlyMap<string, Json>)].flatMap(([id, artifact]) => {
    const type = child(artifact, 'type');
    const properties = child(artifact, 'properties');
    if (type === 'cdk:cloud-assembly') {
      return assembly(root, inside(root, path, child(properties, 'directoryName'), file));
    }
    if (type !== 'aws:cloudformation:stack') {
      return [];
    }
    const template = inside(root, path, child(properties, 'templateFile'), file);
    const name = child(artifact, 'displayName');
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
      'synthesise again (cdk synth)',
    );
  }
  return target;
}

function parseFile(file: string): Json {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile()) {
    throw new UnreadableError(file, 'there is no such file', 'synthesise again (cdk synth)');
  }
  if (found.size > MAX_FILE_BYTES) {
    throw new UnreadableError(file, `it is larger than ${MAX_FILE_BYTES} bytes`, 'give a CloudFormation template');
  }
  return parseTemplateText(readFileSync(file, 'utf8'), file);
}

function templateOf(file: string, content: Json): TemplateFile {
  if (!isTemplate(content)) {
    throw new UnreadableError(
      file,
      'it is no CloudFormation template: it has no Resources',
      'give a template, or the folder that cdk synth wrote',
    );
  }
  const name = basename(file).replace(TEMPLATE_ENDINGS, '');
  return { name: name === '' ? basename(dirname(file)) : name, file, content };
}

function isTemplate(content: Json): content is ReadonlyMap<string, Json> {
  return child(content, 'Resources') instanceof Map;
}

function child(value: Json | undefined, name: string): Json | undefined {
  return value instanceof Map ? (value as ReadonlyMap<string, Json>).get(name) : undefined;
}
