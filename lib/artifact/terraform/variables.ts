import type { ParameterDefault } from '../artifact';
import { entry, type Json } from '../template-text';
import { isList, isMap, refer, toLiteral, type Value } from '../value';
import type { Evaluator } from './evaluator';

type Declared = readonly (readonly [readonly string[], ReadonlyMap<string, Json>])[];

/** The input variables of a configuration, each at its default, which is what is deployed when nobody says otherwise. */
export class Variables {
  private readonly declared: ReadonlyMap<string, Json>;
  private readonly taken = new Map<string, string>();

  public constructor(declared: Declared) {
    this.declared = new Map(declared.map(([[name = ''], body]) => [name, body]));
  }

  /** Those that decided something so far. */
  public get defaults(): readonly ParameterDefault[] {
    return [...this.taken].map(([parameter, value]) => ({ parameter, value }));
  }

  /** A variable without default, and one that is never shown, stay references. */
  public value(name: string, evaluator: Evaluator): Value {
    const body = this.declared.get(name);
    const value = evaluator.evaluate(entry(body, 'default'));
    const hidden = entry(body, 'sensitive');
    if (value === undefined || value === null || (hidden !== undefined && hidden !== false)) {
      return refer(`var.${name}`);
    }
    this.taken.set(name, shown(value));
    return converted(value, entry(body, 'type'));
  }
}

/** A default is what its type says, however it is written. */
function converted(value: Value, type: Json | undefined): Value {
  const text = toLiteral(value);
  const name = typeof type === 'string' ? type.replace(/^\$\{(.*)\}$/, '$1').trim() : undefined;
  if (name === 'string' && text !== undefined) {
    return text;
  }
  if (name === 'number' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) {
    return Number(value);
  }
  return name === 'bool' && (text === 'true' || text === 'false') ? text === 'true' : value;
}

function shown(value: Value): string {
  if (isList(value)) {
    return value.map(shown).join(',');
  }
  return isMap(value) ? [...value.keys()].join(',') : (toLiteral(value) ?? '');
}
