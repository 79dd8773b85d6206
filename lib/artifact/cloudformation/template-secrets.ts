import { type Dialect, type ExposedSecret, exposedSecrets } from '../exposed-secrets';
import { isSecretName, type Suspicion } from '../secret-text';
import { entry, type Json } from '../template-text';
import type { Reference, Text } from '../text';

/** Where whoever may look at the resource reads what the cloud puts in. */
const SHOWN =
  /^AWS::(?:ECS::TaskDefinition|EC2::(?:LaunchTemplate|Instance)|AutoScaling::LaunchConfiguration|Lambda::Function|SSM::Parameter|AppRunner::Service|Batch::JobDefinition|CloudFormation::Stack|EC2::Volume|S3::Bucket)$/;
const DYNAMIC = /(\{\{resolve:[^{}]{1,2048}\}\})/;
const SECRET_VALUE = /^\{\{resolve:(?:secretsmanager|ssm-secure):/;
const SECRET_ATTRIBUTE = /^(?:SecretAccessKey|SecretString)$/;

/** The secrets that a template exposes: in resources, their metadata, parameters, mappings and outputs. */
export function templateSecrets(content: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const hidden = new Set(hiddenParameters(content));
  const resources = [...section(content, 'Resources')].flatMap(([id, body]) => {
    const type = entry(body, 'Type');
    const dialect = dialectOf(typeof type === 'string' && SHOWN.test(type), hidden);
    const properties = exposedSecrets(id, entry(body, 'Properties'), dialect).map((each) => ({
      ...each,
      where: `Properties.${each.where}`,
    }));
    const metadata = exposedSecrets(id, entry(body, 'Metadata'), dialectOf(true, hidden));
    return [...properties, ...metadata.map((each) => ({ ...each, where: `Metadata.${each.where}` }))];
  });
  const others = ['Outputs', 'Mappings', 'Metadata'].flatMap((name) =>
    exposedSecrets(name, content.get(name), dialectOf(true, hidden)),
  );
  return [...resources, ...others, ...defaultsOfHidden(content)];
}

function dialectOf(isShown: boolean, hidden: ReadonlySet<string>): Dialect {
  return {
    text: textOf,
    reveals: ({ logicalId, attribute = '' }: Reference, name): Suspicion | undefined => {
      const isValue = SECRET_VALUE.test(logicalId) || SECRET_ATTRIBUTE.test(attribute) || hidden.has(logicalId);
      // A property that is made for a secret keeps it.
      if (!isValue || (!isShown && isSecretName(name))) return undefined;
      return { what: `the value of ${logicalId.slice(0, 80)}, which the cloud puts in at deployment`, sure: true };
    },
  };
}

/** A string, or a function that makes one of pieces: split up, a secret is still one. */
function textOf(value: Json): Text | undefined {
  if (typeof value === 'string') return references(value);
  if (!(value instanceof Map) || value.size !== 1) return undefined;
  const [[name, argument] = ['', null]] = value as ReadonlyMap<string, Json>;
  if (name === 'Ref' && typeof argument === 'string') return [{ logicalId: argument }];
  if (name === 'Fn::GetAtt') return attributeOf(argument);
  if (name === 'Fn::Base64') return textOf(argument);
  if (name === 'Fn::Sub')
    return substituted(Array.isArray(argument) ? ((argument as readonly Json[])[0] ?? '') : argument);
  return name === 'Fn::Join' ? joined(argument) : undefined;
}

function references(text: string): Text {
  if (!text.includes('{{resolve:')) return [text];
  return text.split(DYNAMIC).map((part) => (DYNAMIC.test(part) ? { logicalId: part } : part));
}

function attributeOf(argument: Json): Text | undefined {
  const [logicalId, name] =
    typeof argument === 'string'
      ? argument.split(/\.(.*)/s)
      : Array.isArray(argument)
        ? (argument as readonly Json[])
        : [];
  return typeof logicalId === 'string' && typeof name === 'string' ? [{ logicalId, attribute: name }] : undefined;
}

function substituted(text: Json): Text | undefined {
  if (typeof text !== 'string') return undefined;
  return text.split(/\$\{([^}!]+)\}/).flatMap((part, index): Text => {
    if (index % 2 === 0) return references(part);
    const [logicalId = '', name] = part.split(/\.(.*)/s);
    return [name === undefined ? { logicalId } : { logicalId, attribute: name }];
  });
}

function joined(argument: Json): Text | undefined {
  const [separator, pieces] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (typeof separator !== 'string' || !Array.isArray(pieces)) return undefined;
  const texts = (pieces as readonly Json[]).map((piece) => textOf(piece) ?? [{ logicalId: '' }]);
  return texts.flatMap((text, index) => (index === 0 || separator === '' ? text : [separator, ...text]));
}

/** Parameters that nobody is to see. */
function hiddenParameters(content: ReadonlyMap<string, Json>): readonly string[] {
  return [...section(content, 'Parameters')].flatMap(([name, parameter]) => {
    const hidden = entry(parameter, 'NoEcho');
    return hidden === true || hidden === 'true' ? [name] : [];
  });
}

/** What nobody is to see, and what is called a secret, has no default that everybody sees. */
function defaultsOfHidden(content: ReadonlyMap<string, Json>): readonly ExposedSecret[] {
  const hidden = hiddenParameters(content);
  return [...section(content, 'Parameters')].flatMap(([name, parameter]): readonly ExposedSecret[] => {
    const value = entry(parameter, 'Default');
    const isGiven = typeof value === 'string' && value !== '';
    const where = `${name}.Default`;
    if (isGiven && hidden.includes(name)) {
      return [{ subject: 'Parameters', where, what: 'the default of a parameter that is not to be shown', sure: true }];
    }
    const named = new Map<string, Json>([[name, value ?? '']]);
    return exposedSecrets('Parameters', named, dialectOf(false, new Set())).map((each) => ({ ...each, where }));
  });
}

function section(content: ReadonlyMap<string, Json>, name: string): ReadonlyMap<string, Json> {
  const found = content.get(name);
  return found instanceof Map ? (found as ReadonlyMap<string, Json>) : new Map<string, Json>();
}
