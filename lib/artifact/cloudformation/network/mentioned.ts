import { entry, type Json } from '../../template-text';

/** A resource that stands somewhere in another's properties: by `Ref`, `Fn::GetAtt` or inside `Fn::Sub`. */
export interface Mentioned {
  readonly id: string;
  /** Absent for a plain `Ref`. */
  readonly attribute?: string;
}

const IN_TEXT = /\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}/g;

/**
 * What the properties of a resource speak of, on every branch of their conditions, before anything of them is evaluated, so that to look
 * for it takes no parameter's default for true.
 */
export function mentioned(json: Json): readonly Mentioned[] {
  if (typeof json === 'string') {
    if (!json.includes('${')) return [];
    return [...json.matchAll(IN_TEXT)].map(([, id = '', attribute]) => of(id, attribute));
  }
  if (Array.isArray(json)) {
    return (json as readonly Json[]).flatMap(mentioned);
  }
  if (!(json instanceof Map) || json.size === 0) {
    return [];
  }
  const ref = entry(json, 'Ref');
  const attribute = entry(json, 'Fn::GetAtt');
  if (typeof ref === 'string') {
    return [of(ref)];
  }
  if (typeof attribute === 'string') {
    const [id = '', ...rest] = attribute.split('.');
    return [of(id, rest.join('.'))];
  }
  if (Array.isArray(attribute)) {
    const [id, name] = attribute as readonly Json[];
    return typeof id === 'string' ? [of(id, typeof name === 'string' ? name : '?')] : [];
  }
  return [...(json as ReadonlyMap<string, Json>).values()].flatMap(mentioned);
}

function of(id: string, attribute?: string): Mentioned {
  return attribute === undefined || attribute === '' ? { id } : { id, attribute };
}
