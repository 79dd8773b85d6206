import { adminSocketFile, restateListeners } from '../../lib/restate/listeners';

describe('the doors of a node', () => {
  test('are on loopback, and admin has no address at all', () => {
    expect(restateListeners().map(({ name, bind }) => [name, bind])).toEqual([
      ['ingress', { kind: 'loopback', port: 8080 }],
      ['admin', { kind: 'unix', file: '/var/lib/restate/n1/admin.sock' }],
      ['fabric', { kind: 'loopback', port: 5122 }],
    ]);
  });

  test('have admin on loopback too where the proxy opens a door to it, and never instead of the socket', () => {
    const binds = restateListeners({}, 'socket-and-loopback').filter(({ name }) => name === 'admin');

    expect(binds.map(({ bind }) => bind)).toEqual([
      { kind: 'unix', file: '/var/lib/restate/n1/admin.sock' },
      { kind: 'loopback', port: 9070 },
    ]);
  });

  test('follow the data directory and the name of the node', () => {
    expect(adminSocketFile({ baseDir: '/data', nodeName: 'a' })).toBe('/data/a/admin.sock');
  });

  test('each say what they are worth, and are frozen', () => {
    for (const listener of restateListeners()) {
      expect(listener.worth).not.toBe('');
      expect(Object.isFrozen(listener.bind)).toBe(true);
    }
  });
});
