import { fromText, type Value } from '../value';

const DYNAMIC = /(\{\{resolve:[^{}]{1,2048}\}\})/;

/** A literal, in which `{{resolve:ssm:...}}` and `{{resolve:secretsmanager:...}}` are values that the cloud puts in. */
export function dynamicReferences(text: string): Value {
  return text.includes('{{resolve:')
    ? fromText(text.split(DYNAMIC).map((part) => (DYNAMIC.test(part) ? { logicalId: part } : part)))
    : text;
}
