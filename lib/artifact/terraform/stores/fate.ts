import type { Fate } from '../../store';
import type { QuietResource } from '../resources';

/**
 * What becomes of a resource: Terraform destroys what it makes, unless it is told to refuse. A plan does not say whether it is.
 *
 * @param destroyed what is left of it where Terraform destroys it
 */
export function fateOf({ preventsDestroy }: QuietResource, destroyed: Fate['onDelete']): Fate {
  const fate = preventsDestroy === true ? 'kept' : preventsDestroy === false ? destroyed : 'unknown';
  return { onDelete: fate, onReplace: fate };
}
