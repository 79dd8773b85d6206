import type { Property } from '../property';
import { toText } from '../value';

/**
 * The id by which the artifact knows a security group: the logical id of one in the file (`Ref` or `GroupId`), the literal id of one
 * outside, else the reference as it stands (`Vpc.DefaultSecurityGroup`, an import, a parameter).
 */
export function groupId(property: Property): string | undefined {
  const text = toText(property.value);
  if (text === undefined) {
    property.text();
    return undefined;
  }
  return text
    .map((part) => {
      if (typeof part === 'string') {
        return part;
      }
      return part.attribute === undefined || part.attribute === 'GroupId'
        ? part.logicalId
        : `${part.logicalId}.${part.attribute}`;
    })
    .join('');
}
