import {
  durationSeconds,
  listenerOn,
  listenerSpeaksTls,
  loopbackUpstream,
  settings,
} from '../../../lib/prove/attacks/proxy-listener';

const at = (address: string, port_value: number): object => ({ address: { socket_address: { address, port_value } } });
const BOOTSTRAP = {
  static_resources: {
    listeners: [
      { ...at('0.0.0.0', 8443), filter_chains: [{ transport_socket: {} }] },
      { ...at('0.0.0.0', 8081), filter_chains: [{}] },
    ],
    clusters: [{ load_assignment: at('login.example.com', 443) }, { load_assignment: at('127.0.0.1', 8080) }],
  },
};

test.each([
  [8443, true],
  [8081, false],
])('the listener on port %d speaks TLS: %s', (port, expected) => {
  expect(listenerSpeaksTls(BOOTSTRAP, port)).toBe(expected);
});

test('the server is the upstream on loopback, not the issuer', () => {
  expect(loopbackUpstream(BOOTSTRAP)).toEqual({ address: '127.0.0.1', port: 8080 });
  expect(loopbackUpstream({})).toBeUndefined();
});

test('a listener that is not there is none', () => {
  expect(listenerOn(BOOTSTRAP, 1)).toBeUndefined();
  expect(listenerOn({}, 8443)).toBeUndefined();
});

test('settings are found wherever they stand', () => {
  expect(settings({ a: [{ limit: 1 }, { b: { limit: { limit: 2 } } }] }, 'limit')).toEqual([1, { limit: 2 }, 2]);
  expect(settings(undefined, 'limit')).toEqual([]);
});

test.each([
  ['10s', 10],
  ['0.5s', 0.5],
  ['10', undefined],
  [10, undefined],
  [undefined, undefined],
])('the duration %p is %p seconds', (value, expected) => {
  expect(durationSeconds(value)).toBe(expected);
});
