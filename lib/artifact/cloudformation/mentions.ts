import type { Mention } from '../artifact';
import { Base64Value, isList, isMap, TextValue, type Value } from '../value';
import type { Resources } from './resources';

/** Policies at a resource say who may use it, and not what it uses. */
const AT_RESOURCES: readonly string[] = ['KeyPolicy', 'FileSystemPolicy', 'AssumeRolePolicyDocument'];

/** `Name`, `BucketName`, `RoleName`: what a resource is called, and not what it calls another by. */
const NAME = /^(?:(?:Bucket|Role|User|Group|LogGroup|Queue|Topic|Function|Table|Repository|Cluster|Alias)?Name)$/;

/** Which resources of the file each resource names in its properties. */
export function readMentions(resources: Resources): readonly Mention[] {
  return resources.opened.map(({ id, properties: { value } }) => {
    const found = new Set<string>();
    collect(value, found);
    const named = isMap(value) && [...value.keys()].some((name) => NAME.test(name));
    return {
      by: id,
      ...(named && { named }),
      of: [...found].filter((other) => other !== id && resources.typeOf(other) !== undefined),
    };
  });
}

function collect(value: Value, found: Set<string>): void {
  if (value instanceof TextValue) {
    for (const part of value.parts) if (typeof part === 'object') found.add(part.logicalId);
  } else if (value instanceof Base64Value) {
    collect(value.inner, found);
  } else if (isMap(value)) {
    for (const [name, item] of value) if (!AT_RESOURCES.includes(name)) collect(item, found);
  } else if (isList(value)) {
    for (const item of value) collect(item, found);
  }
}
