import { Peer } from '../../lib/core/peer';
import { refusal } from './refusal';

describe('a peer', () => {
  test('is a block of addresses', () => {
    expect(Peer.cidr('10.20.0.0/16')).toEqual({ kind: 'cidr', cidr: '10.20.0.0/16' });
    expect(Object.isFrozen(Peer.cidr('fd00::/48'))).toBe(true);
  });

  test.each([
    ['0.0.0.0/0', 'CidrTooOpen'],
    ['::/0', 'CidrTooOpen'],
    ['0.0.0.0/1', 'CidrTooOpen'],
    ['everybody', 'CidrInvalid'],
    ['${Token[TOKEN.1]}', 'ValueNotConcrete'],
  ])('is never %s', (cidr, code) => {
    expect(refusal(() => Peer.cidr(cidr)).code).toBe(code);
  });

  test('is a workload by a handle that the core never looks into', () => {
    const handle = { securityGroupId: 'sg-1' };
    const peer = Peer.workload(handle);

    expect(peer).toEqual({ kind: 'workload', handle });
    expect(Object.isFrozen(handle)).toBe(false);
  });
});
