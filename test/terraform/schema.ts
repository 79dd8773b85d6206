import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What Terraform calls a type, in its own JSON: `"string"`, `["list", "string"]`. */
type TerraformType = string | readonly [string, string];

interface Attribute {
  readonly type: TerraformType;
  readonly required: boolean;
  readonly computed: boolean;
}

interface Block {
  readonly attributes: Record<string, Attribute>;
  readonly blocks: Record<string, Block & { readonly single: boolean; readonly required: boolean }>;
}

const BINDINGS = resolve(__dirname, '../../node_modules/@cdktf/provider-google/lib');
const PLAIN: ReadonlyMap<string, TerraformType> = new Map<string, TerraformType>([
  ['string', 'string'],
  ['number', 'number'],
  ['boolean | cdktf.IResolvable', 'bool'],
  ['string[]', ['list', 'string']],
  ['number[]', ['list', 'number']],
  ['{ [key: string]: string; }', ['map', 'string']],
  ['{ [key: string]: (boolean | cdktf.IResolvable); }', ['map', 'bool']],
  ['Array<boolean | cdktf.IResolvable> | cdktf.IResolvable', ['list', 'bool']],
]);

/**
 * The attributes and blocks of resources, from the types of the bindings: nothing of the provider itself is in them, so no value of an
 * attribute is known to be right.
 */
export function schemaOf(types: readonly string[]): Readonly<Record<string, Block>> {
  return Object.fromEntries(types.map((type) => [type, resourceSchema(type)]));
}

function resourceSchema(type: string): Block {
  const folder = type.replace(/^google_/, '').replaceAll('_', '-');
  const source = readFileSync(join(BINDINGS, folder, 'index.d.ts'), 'utf8');
  const interfaces = new Map(
    [...source.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const [, root = ''] = /^export interface (\w+) extends cdktf\.TerraformMetaArguments/m.exec(source) ?? [];
  const { attributes, blocks } = blockOf(root, interfaces);
  return { attributes: { ...computed(source), ...attributes }, blocks };
}

function blockOf(name: string, interfaces: ReadonlyMap<string, string>): Block {
  const body = interfaces.get(name);
  if (body === undefined) throw new Error(`the bindings have no interface ${name}`);
  const found: Block = { attributes: {}, blocks: {} };
  const member = /#(\w+) \w+#\w+\}(?:(?!\*\/)[\s\S])*?\*\/\n\s*readonly \w+(\??): ([\s\S]*?);\n(?=\s*(?:\/\*\*|$))/g;
  for (const [, key = '', optional = '', written = ''] of body.matchAll(member)) {
    const stated = written.replaceAll(/\s+/g, ' ').trim();
    const required = optional === '';
    const plain = PLAIN.get(stated);
    const [, struct = '', list = ''] = /^(\w+)(\[\])?(?: \| cdktf\.IResolvable)?$/.exec(stated) ?? [];
    if (plain !== undefined) found.attributes[key] = { type: plain, required, computed: key === 'id' };
    else if (struct === '') throw new Error(`${name}.${key} has a type that is not known here: ${stated}`);
    else found.blocks[key] = { ...blockOf(struct, interfaces), single: list === '', required };
  }
  return found;
}

/** What only the cloud fills in has a getter and no property. */
function computed(source: string): Record<string, Attribute> {
  const [, body = ''] =
    /^export declare class \w+ extends cdktf\.TerraformResource \{\n([\s\S]*?)^\}/m.exec(source) ?? [];
  const getters = [...body.matchAll(/^ {4}get (\w+)\(\): (string|number);/gm)].filter(
    ([, name = '']) => !name.endsWith('Input'),
  );
  return Object.fromEntries(
    getters.map(([, name = '', type = '']) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      { type, required: false, computed: true },
    ]),
  );
}
