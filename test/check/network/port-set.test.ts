import { PortSet } from '../../../lib/check/network/port-set';

test('ports are told in ranges', () => {
  expect(PortSet.of(443, 80, 81).describe()).toBe('80-81, 443');
  expect(PortSet.ALL.describe()).toBe('every port');
  expect(PortSet.range(5, 4).describe()).toBe('no port');
  expect(PortSet.range(-1, 70_000).equals(PortSet.ALL)).toBe(true);
});

test('what is left of a wide rule beside its listener is exact', () => {
  const rest = PortSet.range(5000, 9999).subtract(PortSet.of(8443));
  expect(rest.ranges).toEqual([
    { from: 5000, to: 8442 },
    { from: 8444, to: 9999 },
  ]);
  expect(rest.size).toBe(4999);
});

test('atoms divide all ports so that no set holds a part of one', () => {
  const sets = [PortSet.range(0, 100), PortSet.range(50, 443), PortSet.of(443, 65_535)];
  const atoms = PortSet.atoms(sets);
  expect(atoms).toEqual([
    { from: 0, to: 49 },
    { from: 50, to: 100 },
    { from: 101, to: 442 },
    { from: 443, to: 443 },
    { from: 444, to: 65_534 },
    { from: 65_535, to: 65_535 },
  ]);
  for (const { from, to } of atoms) {
    const atom = PortSet.range(from, to);
    for (const set of sets) expect(set.covers(atom) || !set.overlaps(atom)).toBe(true);
  }
});

test('without any set there is one atom', () => {
  expect(PortSet.atoms([])).toEqual([{ from: 0, to: 65_535 }]);
});
