import { parseCidr } from '../../lib/core/cidr';
import { isNeverPublic, publicAddresses } from '../../lib/core/public-addresses';

const blocks = publicAddresses().map(parseCidr);

const within = (address: string): boolean => {
  const { first } = parseCidr(`${address}/32`);
  return blocks.some((block) => block.first <= first && first <= block.last);
};

describe('the public addresses', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '223.255.255.255',
  ])('hold %s', (address) => {
    expect(within(address)).toBe(true);
  });

  test.each([
    '0.0.0.0',
    '10.0.0.0',
    '10.255.255.255',
    '100.64.0.0',
    '100.127.255.255',
    '127.0.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
    '224.0.0.0',
    '255.255.255.255',
  ])('do not hold %s', (address) => {
    expect(within(address)).toBe(false);
  });

  test('overlap nowhere, and are all that is left', () => {
    const sizes = blocks.reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
    const special = 3n * (1n << 24n) + (1n << 22n) + 2n * (1n << 16n) + (1n << 20n) + (1n << 29n);
    expect(sizes).toBe((1n << 32n) - special);
    expect(new Set(blocks.map(({ first }) => first)).size).toBe(blocks.length);
  });
});

describe('a block from which nothing on the internet comes', () => {
  test.each([
    ['10.0.0.0/8', true],
    ['172.31.255.0/24', true],
    ['100.64.0.0/10', true],
    ['169.254.1.0/24', true],
    ['172.0.0.0/8', false],
    ['100.0.0.0/8', false],
    ['203.0.113.0/24', false],
    ['fd00::/16', false],
  ])('%s: %s', (cidr, never) => {
    expect(isNeverPublic(parseCidr(cidr))).toBe(never);
  });
});
