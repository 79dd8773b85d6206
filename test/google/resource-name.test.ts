import { Construct } from 'constructs';
import { resourceName } from '../../lib/google/resource-name';

/** The name of what stands at the end of a path of ids. */
function nameAt(ids: readonly string[], longest?: number, child?: string): string {
  const root = new Construct(undefined as never, '');
  return resourceName(
    ids.reduce((scope, id) => new Construct(scope, id), root),
    longest,
    child,
  );
}

const RFC_1035 = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

describe('the name of a resource', () => {
  test.each<[what: string, ids: string[]]>([
    ['of a plain path', ['Orders', 'Restate', 'Firewall']],
    ['of a path of capitals', ['ORDERS', 'RESTATE']],
    ['that no letter begins', ['2026', 'Restate']],
    ['of no letter at all', ['2026', '11']],
    ['of other scripts', ['Bestellungen', 'Größe']],
    ['of a path longer than names may be', ['Orders', 'R'.repeat(80), 'Firewall']],
    ['that would be cut at a hyphen', ['O'.repeat(53), 'Restate']],
  ])('%s is one that Google takes', (_, ids) => {
    expect(nameAt(ids)).toMatch(RFC_1035);
  });

  test('is shorter where its kind demands it', () => {
    expect(nameAt(['Orders', 'Restate'.repeat(9)], 30)).toMatch(/^[a-z0-9-]{1,30}$/);
  });

  test('can be read, and stays the same', () => {
    expect(nameAt(['Orders', 'RestateServer'])).toMatch(/^orders-restate-server-[0-9a-f]{8}$/);
    expect(nameAt(['Orders', 'RestateServer'])).toBe(nameAt(['Orders', 'RestateServer']));
  });

  test('tells apart what reads alike', () => {
    const paths = [
      ['Orders', 'AB'],
      ['Orders', 'ab'],
      ['Orders', 'A', 'B'],
      ['Orders', 'R'.repeat(80)],
    ];
    paths.push(['Orders', 'R'.repeat(81)]);
    expect(new Set(paths.map((ids) => nameAt(ids))).size).toBe(paths.length);
  });

  test('of a child that is to come is the one that it will have', () => {
    expect(nameAt(['Orders', 'Restate'], undefined, 'Rule')).toBe(nameAt(['Orders', 'Restate', 'Rule']));
  });
});
