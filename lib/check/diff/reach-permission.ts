import { AddressSet } from '../network/address-set';
import type { Permission } from './permission';

/** Who gets to one door by one way. */
export interface ReachPermission extends Permission {
  readonly addresses: AddressSet;
  /** Who is known by something else than an address. */
  readonly others: readonly string[];
  /** Whether it is so for certain, or may be as far as the file says. */
  readonly certain: boolean;
}

/** What a door lets in, without how it is told. */
export interface ReachProps extends Pick<ReachPermission, 'key' | 'subject' | 'addresses' | 'others'> {
  readonly certain?: boolean;
  /** In words, those who come put before. */
  readonly describe: () => string;
}

/** A permission that can be given in parts: to some addresses, or to some of those with a name. */
export function reachPermission({ describe, certain = true, ...props }: ReachProps): ReachPermission {
  const { addresses, others } = props;
  return {
    ...props,
    kind: 'reachable',
    certain,
    beyond: (known) => {
      const before = (known as readonly ReachPermission[]).filter((each) => each.certain || !certain);
      const more = addresses.subtract(AddressSet.unionOf(before.map((each) => each.addresses)));
      const named = others.filter((each) => !before.some((one) => one.others.includes(each)));
      if (more.isEmpty && named.length === 0) return undefined;
      const who = [...(more.isEmpty ? [] : [more.describe()]), ...named].join(', ');
      return `${certain ? '' : 'perhaps '}${who}: ${describe()}`;
    },
  };
}
