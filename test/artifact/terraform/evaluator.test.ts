import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTemplateText, type Json } from '../../../lib/artifact/template-text';
import { Configuration } from '../../../lib/artifact/terraform/configuration';
import { Evaluator } from '../../../lib/artifact/terraform/evaluator';
import { TextValue, UnknownValue, type Value } from '../../../lib/artifact/value';
import { testUnless } from '../../skip-loudly';

const LOCALS = {
  word: 'Word',
  list: ['a', 'b', 'c'],
  nested: { names: [{ name: 'one' }, { name: 'two' }], port: 443, on: true },
  odd: 'say "<hi>" & \\ \n %{if} ${',
};
const SECTIONS = {
  locals: { ...LOCALS, odd: 'say "<hi>" & \\ \n %%{if} $${' },
  variable: { port: { type: 'number', default: '8443' }, name: { type: 'string', default: 'given' } },
};

function evaluate(json: unknown, sections: object = SECTIONS): Value {
  const content = parseTemplateText(JSON.stringify({ ...sections, x: json }), 'test') as ReadonlyMap<string, Json>;
  return new Evaluator(new Configuration(content)).evaluate(content.get('x'));
}

/** Expressions whose value the file says, each asked of Terraform itself below. */
const EXACT: readonly (readonly [string, unknown])[] = [
  ['plain', 'plain'],
  ['a ${local.word} b', 'a Word b'],
  ['${local.nested}', { names: [{ name: 'one' }, { name: 'two' }], port: 443, on: true }],
  ['$${x} %%{y} $$ % $ {', '${x} %{y} $$ % $ {'],
  ['$$${x', '$${x'],
  ['back\\slash \\n stays', 'back\\slash \\n stays'],
  ['${"back\\\\slash \\n \\" \\u00e9 $${x}"}', 'back\\slash \n " é ${x}'],
  ['${local.list[1]}${local.list.2}', 'bc'],
  ['${local.nested.names[*].name}', ['one', 'two']],
  ['${local.nested.names.*.name}', ['one', 'two']],
  ['${local.nested["port"]}', 443],
  ['${local.nested.port}0', '4430'],
  ['${var.port + 1}', 8444],
  ['${7 % 3 * 2 - 1}', 1],
  ['${!true || 1 < 2 && "a" != "b"}', true],
  ['${1 == "1"}', false],
  ['${local.nested.on ? "yes" : "no"}', 'yes'],
  ['${(local.word)}', 'Word'],
  ['${join(",", local.list)}', 'a,b,c'],
  ['${join(",", concat(local.list, ["d"]))}', 'a,b,c,d'],
  ['${format("%s-%d-%v%%", local.word, 7, true)}', 'Word-7-true%'],
  ['${lower(local.word)}${upper("x")}', 'wordX'],
  ['${replace("a.b.c", ".", "-")}', 'a-b-c'],
  ['${jsonencode(local.nested)}', '{"names":[{"name":"one"},{"name":"two"}],"on":true,"port":443}'],
  ['${jsonencode(local.odd)}', '"say \\"\\u003chi\\u003e\\" \\u0026 \\\\ \\n %{if} ${"'],
  ['${base64encode("é")}', 'w6k='],
  ['${base64decode("w6k=")}', 'é'],
  ['${split("/", "a/b")}', ['a', 'b']],
  ['${element(local.list, 4)}', 'b'],
  ['${length(local.list)}', 3],
  ['${tolist(["a"])}', ['a']],
  ['${toset(["b", "a", "b"])}', ['a', 'b']],
  ['${distinct(["b", "a", "b"])}', ['b', 'a']],
  ['${flatten([["a"], [["b"]]])}', ['a', 'b']],
  ['${merge({a = 1}, {"b": 2}).b}', 2],
  ['${lookup({a = "x"}, "b", "y")}', 'y'],
  ['${keys({b = 1, a = 2})}', ['a', 'b']],
  ['${values({b = 1, a = 2})}', [2, 1]],
  ['${trimspace("  x ")}|${chomp("x\\n\\n")}|${trimprefix("abc", "a")}|${trimsuffix("abc", "c")}', 'x|x|bc|ab'],
  ['${startswith("abc", "a")}${endswith("abc", "a")}', 'truefalse'],
  ['${indent(2, "a\\nb")}', 'a\n  b'],
  ['${substr("abcdef", 1, 3)}', 'bcd'],
  ['${compact(["a", "", "b"])}', ['a', 'b']],
  ['${slice(local.list, 1, 3)}', ['b', 'c']],
  ['${reverse(local.list)}', ['c', 'b', 'a']],
  ['${sort(["b", "a"])}', ['a', 'b']],
  ['${contains(local.list, "b")}', true],
  ['${tostring(5)}${tonumber("6")}${tobool("true")}', '56true'],
];

test.each(EXACT)('%s is read exactly', (template, expected) => {
  expect(plain(evaluate(template))).toEqual(expected);
});

test.each([
  ['${timestamp()}', /timestamp\(\), which is not understood/],
  ['${file("x")}', /file\(\)/],
  ['${[for x in local.list : x]}', /for expression/],
  ['${{for k, v in local.nested : k => v}}', /for expression/],
  ['%{ if true }a%{ endif }', /directive/],
  ['${~ local.word ~}', /trims/],
  ['${local.gone}', /local\.gone, which is not in the file/],
  ['${each.value}', /each\.value/],
  ['${count.index}', /count\.index/],
  ['${path.module}/x', /path\.module/],
  ['${module.m.out}', /module\.m/],
  ['${google_x.gone.id}', /google_x\.gone, which is not in the file/],
  ['${replace("abc", "/b/", "x")}', /replace\(\)/],
  ['${lower("É")}', /lower\(\)/],
  ['${format("%5d", 1)}', /format\(\)/],
  ['${1 / 3}', /operation/],
  ['${9007199254740993 + 1}', /operation/],
  ['${local.list[7]}', /an item that its list does not have/],
  ['${local.word.x}', /something that has none/],
  ['${"unended}', /does not end/],
  ['${local.list', /missing/],
  ['${}', /not understood/],
  ['${provider::google::f(1)}', /function of provider/],
  ['${local.nested} text', /piece that is none/],
])('%s is unknown, and says why', (template, reason) => {
  const value = evaluate(template);
  expect(value).toBeInstanceOf(UnknownValue);
  expect((value as UnknownValue).reason).toMatch(reason);
});

test('names that lead to each other in a circle end', () => {
  const locals = { a: '${local.b}', b: ['${local.c}'], c: { x: '${local.a}' } };
  expect(JSON.stringify(plain(evaluate('${local.a}', { locals })))).toMatch(/circle/);
});

test.each([
  ['parentheses', `\${${'('.repeat(50_000)}1${')'.repeat(50_000)}}`, {}],
  ['lists', `\${${'['.repeat(50_000)}`, {}],
  ['operators', `\${${'!'.repeat(50_000)}true}`, {}],
  ['a sum', `\${1${'+1'.repeat(50_000)}}`, {}],
  ['a path', `\${local.a${'.b'.repeat(50_000)}}`, {}],
  ['quotes', `\${${'"${'.repeat(50_000)}`, {}],
  [
    'names that lead on',
    '${local.l0}',
    {
      locals: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`l${index}`, `\${local.l${index + 1}}`])),
    },
  ],
])('%s without end are unknown and end nothing', (_what, template, sections) => {
  expect(evaluate(template, sections)).toBeInstanceOf(UnknownValue);
});

test.each([
  ['texts', (of: string) => `\${local.${of}}\${local.${of}}`, '${local.l40}'],
  ['lists', (of: string) => [`\${local.${of}}`, `\${local.${of}}`], '${jsonencode(local.l40)}'],
  ['lists in calls', (of: string) => `\${concat(local.${of}, local.${of})}`, '${local.l40}'],
])('%s that double each other forty times are unknown and end nothing', (_what, twice, template) => {
  const locals = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`l${index + 1}`, twice(`l${index}`)]));
  expect(evaluate(template, { locals: { l0: ['x', 'x'], ...locals } })).toBeInstanceOf(UnknownValue);
});

/** Asks Terraform itself, which is there on some machines alone. */
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
const testWithTerraform = testUnless(
  hasTerraform ? undefined : 'terraform is not on this machine',
  'its own answers are not compared with those above',
);

testWithTerraform(
  'Terraform says the same of everything that is read exactly',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-terraform-'));
    try {
      const output = Object.fromEntries(EXACT.map(([template], index) => [`o${index}`, { value: template }]));
      writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ ...SECTIONS, output }));
      writeFileSync(join(folder, 'rc'), 'disable_checkpoint = true\n');
      const terraform = (...words: readonly string[]): string =>
        execFileSync('terraform', words, {
          cwd: folder,
          encoding: 'utf8',
          timeout: 60_000,
          env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, 'rc'), CHECKPOINT_DISABLE: '1' },
        });
      terraform('init', '-input=false');
      terraform('plan', '-input=false', '-out=plan');
      const { planned_values: values } = JSON.parse(terraform('show', '-json', 'plan')) as {
        planned_values: { outputs: Record<string, { value: unknown }> };
      };
      for (const [index, [template, expected]] of EXACT.entries()) {
        expect([template, values.outputs[`o${index}`]?.value]).toEqual([template, expected]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);

function plain(value: Value): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...(value as ReadonlyMap<string, Value>)].map(([key, item]) => [key, plain(item)]));
  }
  if (Array.isArray(value)) {
    return (value as readonly Value[]).map(plain);
  }
  return value instanceof TextValue ? value.parts : value instanceof UnknownValue ? `UNKNOWN ${value.reason}` : value;
}
