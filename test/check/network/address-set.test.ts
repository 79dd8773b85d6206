import { AddressSet } from '../../../lib/check/network/address-set';

const of = (...cidrs: readonly string[]): AddressSet => AddressSet.of(...cidrs);

describe('the addresses of a rule', () => {
  test.each([
    ['0.0.0.0/0', AddressSet.IPV4],
    ['::/0', AddressSet.IPV6],
    ['10.1.2.3/8', of('10.0.0.0/8')],
    ['10.1.2.3', of('10.1.2.3/32')],
    [' 2001:DB8::1/64 ', of('2001:db8::/64')],
  ])('%s is read', (cidr, expected) => {
    expect(AddressSet.parse(cidr)?.equals(expected)).toBe(true);
  });

  test.each([['10.0.0.0/33'], ['::/129'], ['10.0.0/8'], ['010.0.0.0/8x'], ['ten'], ['10.0.0.0/'], ['1/8'], ['']])(
    '%s is none',
    (cidr) => {
      expect(AddressSet.parse(cidr)).toBeUndefined();
    },
  );

  test('halves are the whole, in both families', () => {
    expect(of('0.0.0.0/1', '128.0.0.0/1').equals(AddressSet.IPV4)).toBe(true);
    expect(of('::/1', '8000::/1').equals(AddressSet.IPV6)).toBe(true);
    expect(of('0.0.0.0/0', '::/0').equals(AddressSet.ALL)).toBe(true);
  });

  test('a mapped address is one of IPv6, as rules take it', () => {
    expect(of('::ffff:10.0.0.1').overlaps(AddressSet.IPV4)).toBe(false);
  });

  test('what is left over is exact', () => {
    const rest = AddressSet.IPV4.subtract(of('10.0.0.0/8', '0.0.0.0/32', '255.255.255.255'));
    expect(rest.size).toBe(2n ** 32n - 2n ** 24n - 2n);
    expect(rest.covers(of('9.255.255.255', '11.0.0.0', '0.0.0.1'))).toBe(true);
    expect(rest.overlaps(of('10.0.0.0/8'))).toBe(false);
    expect(rest.union(of('10.0.0.0/8', '0.0.0.0', '255.255.255.255')).equals(AddressSet.IPV4)).toBe(true);
  });
});

describe('a set is told in the fewest blocks', () => {
  test.each([
    [of('10.0.0.0/9', '10.128.0.0/9'), ['10.0.0.0/8']],
    [AddressSet.ALL, ['0.0.0.0/0', '::/0']],
    [of('10.0.0.1', '10.0.0.2', '10.0.0.3'), ['10.0.0.1/32', '10.0.0.2/31']],
    [of('255.255.255.255', '::'), ['255.255.255.255/32', '::/128']],
    [AddressSet.NONE, []],
  ])('%#', (set, cidrs) => {
    expect(set.cidrs()).toEqual(cidrs);
  });

  test('and back from them', () => {
    const set = AddressSet.ALL.subtract(of('10.3.0.7', 'fe80::/10', '169.254.0.0/16'));
    expect(of(...set.cidrs()).equals(set)).toBe(true);
    expect(set.prefixes(4)[0]).toBe(2);
    expect(set.prefixes(6)[0]).toBe(1);
  });

  test('of many only the first are told', () => {
    expect(of('10.0.0.0/32', '10.0.0.2/32', '10.0.0.4/32').describe(2)).toBe('10.0.0.0/32, 10.0.0.2/32 and 1 more');
  });
});
