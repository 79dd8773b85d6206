import { serverConfig, type ServerConfig } from '../../lib/restate/server-config';
import { refusal } from '../core/refusal';

const LEAST: ServerConfig = { version: '1.7.12', clusterName: 'orders' };

function refused(change: object): string {
  return refusal(() => serverConfig({ ...LEAST, ...change })).code;
}

describe('the configuration of a node', () => {
  test('is filled in where nothing is said', () => {
    expect(serverConfig(LEAST)).toEqual({
      version: '1.7.12',
      clusterName: 'orders',
      nodeName: 'n1',
      baseDir: '/var/lib/restate',
      identityKeyFile: '/run/secrets/identity.pem',
      adminListener: 'socket',
      requestIdentityExpirationSeconds: 60,
      partitions: 24,
      rocksdbMemoryMib: 2_048,
      journalRetentionSeconds: 86_400,
      idempotencyRetentionSeconds: 86_400,
      workflowRetentionSeconds: 86_400,
      concurrentInvocations: 1_000,
      inactivityTimeoutSeconds: 60,
      abortTimeoutSeconds: 600,
      shutdownTimeoutSeconds: 50,
    });
  });

  test('has no free-form keys: one that nobody knows is refused', () => {
    expect(refused({ bindAddress: '0.0.0.0:8080' })).toBe('ServerOptionUnknown');
  });

  test.each(['1.7.4', '1.8.0', 'latest'])('is not rendered for version %s', (version) => {
    expect(refused({ version })).toMatch(/^ServerVersion/);
  });

  test.each(['clusterName', 'nodeName'])('refuses a %s that is no plain name', (option) => {
    for (const name of ['', 'Orders', 'a b', '-a', 'a-', 'a/b', '..', 'a'.repeat(64)]) {
      expect(refused({ [option]: name })).toBe('ServerNameInvalid');
    }
  });

  test.each(['baseDir', 'identityKeyFile'])('refuses a %s that is no plain absolute path', (option) => {
    for (const path of ['', 'data', '/', '/data/', '/a/../b', '/a b', '/a;b', '/a\n']) {
      expect(refused({ [option]: path })).toBe('ServerPathInvalid');
    }
  });

  test.each(['loopback', 'tcp', ''])('refuses to offer the admin API at %p', (adminListener) => {
    expect(refused({ adminListener })).toBe('AdminListenerInvalid');
  });

  test('refuses a data directory whose admin socket the kernel would not take', () => {
    expect(refused({ baseDir: `/${'a'.repeat(93)}` })).toBe('ServerPathInvalid');
    expect(() => serverConfig({ ...LEAST, baseDir: `/${'a'.repeat(92)}` })).not.toThrow();
  });

  test.each([
    ['requestIdentityExpirationSeconds', 1, 300],
    ['partitions', 1, 4_096],
    ['rocksdbMemoryMib', 64, 1_048_576],
    ['journalRetentionSeconds', 1, 315_360_000],
    ['idempotencyRetentionSeconds', 1, 315_360_000],
    ['workflowRetentionSeconds', 1, 315_360_000],
    ['concurrentInvocations', 1, 1_000_000],
    ['inactivityTimeoutSeconds', 1, 604_800],
    ['abortTimeoutSeconds', 1, 604_800],
    ['shutdownTimeoutSeconds', 1, 115],
  ])('takes %s from %d to %d', (option, least, most) => {
    expect(serverConfig({ ...LEAST, [option]: least })).toHaveProperty(option, least);
    expect(serverConfig({ ...LEAST, [option]: most })).toHaveProperty(option, most);
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN]) {
      expect(refused({ [option]: value })).toBe('ServerOptionOutOfRange');
    }
  });

  test.each(['version', 'clusterName', 'nodeName', 'baseDir', 'identityKeyFile', 'adminListener'])(
    'refuses a token as %s',
    (option) => {
      expect(refused({ [option]: '${Token[TOKEN.1]}' })).toBe('ValueNotConcrete');
    },
  );

  test('refuses a token as a number', () => {
    expect(refused({ partitions: -1.888e289 })).toBe('ValueNotConcrete');
  });
});
