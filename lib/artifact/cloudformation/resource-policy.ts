import type { AccessPolicy } from '../access-policy';
import { type Resource, referredId } from '../resource';
import { isList } from '../value';
import { readPolicy } from './access-policy';
import type { Resources } from './resources';

/**
 * The policies that stand apart from the resource that they are about.
 *
 * @param names the property by which such a policy names its resource, or resources
 */
export function resourcePolicies(
  { id }: Resource,
  type: string,
  names: string,
  resources: Resources,
): readonly AccessPolicy[] {
  return resources.ofType(type).flatMap((policy) => {
    const named = policy.properties.get(names);
    const all = isList(named.value) ? named.items() : [named];
    // One that the file does not say may be this one.
    const isOf = all.some(
      ({ value }) => referredId(value) === id || (typeof value === 'object' && referredId(value) === undefined),
    );
    const document = policy.properties.get(
      type === 'AWS::SecretsManager::ResourcePolicy' ? 'ResourcePolicy' : 'PolicyDocument',
    );
    return isOf ? [readPolicy(policy.id, document, resources)] : [];
  });
}
