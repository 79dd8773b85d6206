import type { Artifact, Unreadable } from '../artifact';
import type { TemplateFile } from '../template-file';
import { entry, type Json } from '../template-text';
import { openTemplate } from './template';

const RULES = ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];

/**
 * Puts the groups in doubt to which another template of the same folder adds rules, by the name under which their own template exports them:
 * each template is read by itself, so that nobody would see those rules.
 */
export function withForeignRules(artifacts: readonly Artifact[], files: readonly TemplateFile[]): readonly Artifact[] {
  const rules = files.flatMap(rulesOfImports);
  return artifacts.map((artifact, index) => {
    const exported = exportsOf(files[index]?.content ?? new Map<string, Json>());
    const found = rules.flatMap(({ imported, rule }): readonly Unreadable[] => {
      const subject = exported.get(imported);
      return subject === undefined ? [] : [{ subject, reason: `gets the rule ${rule} from another stack` }];
    });
    return found.length === 0 ? artifact : { ...artifact, unreadable: [...artifact.unreadable, ...found] };
  });
}

function rulesOfImports({
  name,
  content,
}: TemplateFile): readonly { readonly imported: string; readonly rule: string }[] {
  return [...openTemplate(content).resources.values()].flatMap(({ id, type, properties }) => {
    const imported = RULES.includes(type) ? entry(entry(properties, 'GroupId'), 'Fn::ImportValue') : undefined;
    return typeof imported === 'string' ? [{ imported, rule: `${name}/${id}` }] : [];
  });
}

/** The names that a template exports, and the resource that each stands for. */
function exportsOf(content: ReadonlyMap<string, Json>): ReadonlyMap<string, string> {
  const outputs = content.get('Outputs');
  const values = outputs instanceof Map ? [...(outputs as ReadonlyMap<string, Json>).values()] : [];
  return new Map(
    values.flatMap((output) => {
      const name = entry(entry(output, 'Export'), 'Name');
      const id = referred(entry(output, 'Value'));
      return typeof name === 'string' && id !== undefined ? [[name, id] as const] : [];
    }),
  );
}

function referred(value: Json | undefined): string | undefined {
  const attribute = entry(value, 'Fn::GetAtt');
  const name = entry(value, 'Ref') ?? (Array.isArray(attribute) ? (attribute as readonly Json[])[0] : attribute);
  return typeof name === 'string' ? name.split('.')[0] : undefined;
}
