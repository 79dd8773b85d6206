import { tlsVersions } from '../../../lib/prove/network/ssl-policy';

test.each([
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLSv1.2', 'TLSv1.3'],
  ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', 'TLSv1.2', 'TLSv1.3'],
  ['ELBSecurityPolicy-TLS13-1-3-2021-06', 'TLSv1.3', 'TLSv1.3'],
  ['ELBSecurityPolicy-TLS13-1-1-2021-06', 'TLSv1.1', 'TLSv1.3'],
  ['ELBSecurityPolicy-TLS13-1-0-2021-06', 'TLSv1', 'TLSv1.3'],
  ['ELBSecurityPolicy-TLS-1-2-Ext-2018-06', 'TLSv1.2', 'TLSv1.2'],
  ['ELBSecurityPolicy-FS-1-2-Res-2020-10', 'TLSv1.2', 'TLSv1.2'],
  ['ELBSecurityPolicy-TLS-1-1-2017-01', 'TLSv1.1', 'TLSv1.2'],
  ['ELBSecurityPolicy-2016-08', 'TLSv1', 'TLSv1.3'],
  [undefined, 'TLSv1', 'TLSv1.3'],
])('%s speaks %s to %s', (policy, minVersion, maxVersion) => {
  expect(tlsVersions(policy)).toEqual({ minVersion, maxVersion });
});
