import { Property } from '../../property';
import type { Resource } from '../../resource';

/** The properties of a resource, read without reports: what is not understood is `unknown` in what is read from them. */
export function quiet({ properties }: Pick<Resource, 'properties'>): Property {
  return new Property('Properties', properties.value, () => undefined);
}
