import type { Text } from '../../artifact/text';
import type { VpcRange } from './address-range';

/** The run's range for a peer that names the VPC's own range by reference; `undefined` for any other text. */
export function vpcReference(text: Text, range: VpcRange): string | undefined {
  const [part] = text;
  if (text.length !== 1 || part === undefined || typeof part === 'string') return undefined;
  if (part.attribute === 'CidrBlock') return range.cidr;
  if (part.attribute === 'Ipv6CidrBlocks') return range.cidr6;
  return undefined;
}
