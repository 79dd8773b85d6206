import type { AclEntry } from '../../../../lib/artifact/network';
import { AclFilter } from '../../../../lib/check/network/aws/acl-filter';

const ALLOW: AclEntry = {
  id: 'Entry',
  direction: 'out',
  number: 100,
  action: 'allow',
  protocol: 'all',
  fromPort: 0,
  toPort: 65_535,
  cidr: '10.0.0.0/8',
};

function passing(...entries: readonly Partial<AclEntry>[]): readonly string[] {
  const filter = new AclFilter({ id: 'List', entries: entries.map((entry) => ({ ...ALLOW, ...entry })) });
  return filter.passing('out', 443).cidrs();
}

test.each<[string, readonly Partial<AclEntry>[], readonly string[]]>([
  ['lets out what it allows', [{}], ['10.0.0.0/8']],
  ['lets out nothing that it allows to come in', [{ direction: 'in' }], []],
  ['keeps in what it denies before', [{ number: 1, action: 'deny' }, {}], []],
  ['may let out where it is not known in which direction it allows', [{ direction: 'unknown' }], ['10.0.0.0/8']],
  [
    'keeps in nothing where it is not known in which direction it denies',
    [{ number: 1, action: 'deny', direction: 'unknown' }, {}],
    ['10.0.0.0/8'],
  ],
  ['may let out where it is not known whether it allows', [{ action: 'unknown' }], ['10.0.0.0/8']],
  [
    'keeps in nothing where it is not known whether it denies',
    [{ number: 1, action: 'unknown', cidr: '10.1.0.0/16' }, {}],
    ['10.0.0.0/8'],
  ],
  [
    'may let out before it denies where it is known neither whether nor when it allows',
    [
      { number: 1, action: 'deny' },
      { number: 'unknown', action: 'unknown' },
    ],
    ['10.0.0.0/8'],
  ],
])('a list %s', (_what, entries, expected) => {
  expect(passing(...entries)).toEqual(expected);
});
