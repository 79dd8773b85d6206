/**
 * An address as the text of its bits, `4` or `6` before them: a block is a text with which its addresses begin. Shares nothing with the
 * intervals of the engine, parsers included.
 */
export type Bits = string;

/** The bits of an address, or those that all addresses of a block begin with. */
export function bitsOf(cidr: string): Bits {
  const [host = '', prefix] = cidr.split('/');
  const bits = host.includes(':') ? sixOf(host) : fourOf(host);
  return prefix === undefined ? bits : bits.slice(0, 1 + Number(prefix));
}

/** The addresses just inside and just outside the ends of a block. */
export function edgesOf(block: Bits): readonly Bits[] {
  const width = block.startsWith('4') ? 33 : 129;
  const first = block.padEnd(width, '0');
  const last = block.padEnd(width, '1');
  return [first, last, step(first, -1n), step(last, 1n)].filter((bits) => bits !== '');
}

/** Every address of a small block. */
export function allOf(block: Bits): readonly Bits[] {
  const width = block.startsWith('4') ? 33 : 129;
  const free = width - block.length;
  if (free > 8) throw new RangeError(`${block} is too large to be listed`);
  return free === 0
    ? [block]
    : Array.from({ length: 2 ** free }, (_, at) => block + at.toString(2).padStart(free, '0'));
}

/** An address as it is written. */
export function written(bits: Bits): string {
  const digits = bits.slice(1);
  const size = bits.startsWith('4') ? 8 : 16;
  const parts = Array.from({ length: digits.length / size }, (_, at) =>
    Number.parseInt(digits.slice(at * size, (at + 1) * size), 2),
  );
  return size === 8 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
}

function step(bits: Bits, by: bigint): Bits {
  const moved = BigInt(`0b${bits.slice(1)}`) + by;
  const width = bits.length - 1;
  return moved < 0n || moved.toString(2).length > width
    ? ''
    : bits.slice(0, 1) + moved.toString(2).padStart(width, '0');
}

function fourOf(host: string): Bits {
  return `4${host
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')}`;
}

function words(text: string): readonly string[] {
  return text.split(':').filter((word) => word !== '');
}

function sixOf(host: string): Bits {
  const [before = '', after] = host.split('::');
  const [left, right] = [words(before), words(after ?? '')];
  const middle = Array.from({ length: after === undefined ? 0 : 8 - left.length - right.length }, () => '0');
  return `6${[...left, ...middle, ...right].map((word) => Number.parseInt(word, 16).toString(2).padStart(16, '0')).join('')}`;
}
