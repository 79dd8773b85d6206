import { entry, type Json } from '../template-text';
import { refer, type Value } from '../value';

/**
 * What a parameter stands for: its default, which is what is deployed when nobody says otherwise. A parameter without default, one whose
 * default is only the name of a value in Parameter Store, and one that is never echoed stay references.
 */
export function parameterValue(name: string, parameter: Json): Value {
  const type = entry(parameter, 'Type');
  const value = entry(parameter, 'Default');
  const hidden = entry(parameter, 'NoEcho');
  const echoed = hidden === undefined || hidden === false || hidden === 'false';
  const literal = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!literal || typeof type !== 'string' || type.startsWith('AWS::SSM::') || !echoed) {
    return refer(name);
  }
  const text = String(value);
  return type === 'CommaDelimitedList' || type.startsWith('List<') ? text.split(',').map((item) => item.trim()) : text;
}
