import { adminAddress } from '../../../lib/prove/runtime/admin-api';

const NODE = { 'node-name': 'n1', 'base-dir': '/data' };
const SOCKET = { kind: 'unix', path: '/data/n1/admin.sock' };

test.each([
  ['nothing is said, which opens both', NODE, SOCKET],
  ['it listens on a socket alone', { ...NODE, admin: { 'listen-mode': 'unix' } }, SOCKET],
  [
    'the root says TCP, and itself a socket',
    { ...NODE, 'listen-mode': 'tcp', admin: { 'listen-mode': 'unix' } },
    SOCKET,
  ],
  [
    'it listens on one address',
    { ...NODE, 'listen-mode': 'tcp', admin: { 'bind-address': '10.0.0.1:9999' } },
    { kind: 'tcp', address: '10.0.0.1', port: 9999 },
  ],
  ['it listens everywhere', { ...NODE, 'listen-mode': 'tcp' }, { kind: 'tcp', address: '127.0.0.1', port: 9070 }],
  [
    'it listens on all of IPv6',
    { ...NODE, 'listen-mode': 'tcp', admin: { 'bind-address': '[::]:9070' } },
    { kind: 'tcp', address: '127.0.0.1', port: 9070 },
  ],
])('the admin API is asked where its configuration says: %s', (_, config, expected) => {
  expect(adminAddress(config)).toEqual(expected);
});
