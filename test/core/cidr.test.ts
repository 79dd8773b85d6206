import { parseCidr, refuseOpenCidrs } from '../../lib/core/cidr';
import { refusal } from './refusal';

/** Every block of `bits` bits below the whole of a family, as a list that covers it. */
function cover(bits: number, write: (index: number) => string): string[] {
  return Array.from({ length: 2 ** bits }, (_, index) => write(index));
}

describe('a CIDR block', () => {
  test('is read as the range of its addresses', () => {
    expect(parseCidr('10.20.0.0/16')).toEqual({ family: 'ipv4', first: 0x0a140000n, last: 0x0a14ffffn });
    expect(parseCidr('192.0.2.7/32')).toEqual({ family: 'ipv4', first: 0xc0000207n, last: 0xc0000207n });
    expect(parseCidr('2001:db8::/32')).toEqual({
      family: 'ipv6',
      first: 0x20010db8n << 96n,
      last: (0x20010db9n << 96n) - 1n,
    });
  });

  test.each([
    ['no prefix', '10.20.0.0'],
    ['no address', '/8'],
    ['a prefix that is too long', '10.20.0.0/33'],
    ['three numbers', '10.20.0/16'],
    ['a hexadecimal number', '0x0a.0.0.0/8'],
    ['an octal number', '010.0.0.0/8'],
    ['a prefix with a leading zero', '10.0.0.0/08'],
    ['a blank', '10.0.0.0/8 '],
    ['a zone', 'fe80::%eth0/64'],
    ['a name', 'example.com/8'],
    ['IPv4 in the clothes of IPv6', '::ffff:10.0.0.0/104'],
    ['bits set outside its prefix', '10.20.0.1/16'],
    ['IPv6 bits set outside its prefix', '2001:db8::1/32'],
  ])('is refused with %s', (_, cidr) => {
    expect(refusal(() => parseCidr(cidr)).code).toBe('CidrInvalid');
  });

  test('is refused as a token', () => {
    expect(refusal(() => parseCidr('${Token[TOKEN.1]}')).code).toBe('ValueNotConcrete');
  });
});

describe('a list of CIDR blocks', () => {
  test.each([
    ['the whole of IPv4', ['0.0.0.0/0']],
    ['the whole of IPv6', ['::/0']],
    ['the whole of IPv6, spelled out', ['0:0:0:0:0:0:0:0/0']],
    ['one half', ['128.0.0.0/1']],
    ['both halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['the halves of IPv6', ['::/1', '8000::/1']],
    ['the global half of IPv6', ['2000::/3']],
    ['a /7', ['10.0.0.0/7']],
    ['a /15 of IPv6', ['2000::/15']],
    ['two adjacent /8, out of order', ['11.0.0.0/8', '10.0.0.0/8']],
    ['overlapping blocks that reach further together', ['10.0.0.0/8', '10.0.0.0/16', '11.0.0.0/16']],
    ['256 blocks of /8', cover(8, (index) => `${index}.0.0.0/8`)],
    ['every other /8', cover(7, (index) => `${2 * index}.0.0.0/8`)],
    ['an open block among narrow ones', ['10.20.0.0/16', '0.0.0.0/0']],
  ])('is refused when it holds %s', (_, cidrs) => {
    expect(refusal(() => refuseOpenCidrs('the ingress', cidrs)).code).toBe('CidrTooOpen');
  });

  test.each([
    ['nothing', []],
    ['one host', ['192.0.2.7/32']],
    ['the private networks', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']],
    ['blocks of both families', ['10.0.0.0/8', 'fd00::/16', '2001:db8::/32']],
    ['the same block twice', ['10.0.0.0/8', '10.0.0.0/8']],
  ])('is accepted when it holds %s', (_, cidrs) => {
    expect(() => refuseOpenCidrs('the ingress', cidrs)).not.toThrow();
  });

  test('is refused with the blocks in the message', () => {
    expect(refusal(() => refuseOpenCidrs('the ingress', ['0.0.0.0/1', '128.0.0.0/1'])).message).toBe(
      'the ingress cannot be opened to ["0.0.0.0/1","128.0.0.0/1"]: together these hold more than a /8, which is as good as everybody; name the networks of your callers, e.g. "10.20.0.0/16"; only the ingress can be open to everybody, with internetFacing: true [CidrTooOpen]',
    );
  });
});
