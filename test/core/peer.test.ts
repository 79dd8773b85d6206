import { assertPeers, Peer } from '../../lib/core/peer';
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

describe('a list of peers', () => {
  test.each<[string, string, unknown, string]>([
    ['a block in place of a peer', 'PeerInvalid', ['10.0.0.0/8'], "write Peer.cidr('10.0.0.0/8') [PeerInvalid]"],
    ['a block of IPv6', 'PeerInvalid', [Peer.cidr('10.0.0.0/8'), 'fd00::/48'], "write Peer.cidr('fd00::/48')"],
    ['a name', 'PeerInvalid', ['shop'], 'a peer of the ingress: "shop"'],
    ['nothing', 'PeerInvalid', [undefined], 'undefined'],
    ['a peer alone', 'PeerInvalid', Peer.cidr('10.0.0.0/8'), 'they are no list'],
    ['text', 'PeerInvalid', '10.0.0.0/8', 'they are no list'],
    ['a kind that there is none of', 'PeerInvalid', [{ kind: 'everybody' }], 'everybody'],
    ['a block that is none', 'PeerInvalid', [{ kind: 'cidr', cidr: 7 }], 'Peer.cidr('],
    ['a workload that is none', 'PeerInvalid', [{ kind: 'workload', handle: 'sg-1' }], 'Peer.cidr('],
    ['everybody together', 'CidrTooOpen', [Peer.cidr('10.0.0.0/8'), Peer.cidr('11.0.0.0/8')], 'the ingress'],
  ])('is refused for %s', (_, code, peers, said) => {
    const refused = refusal(() => assertPeers('the ingress', peers as Peer[]));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(said);
  });

  test('may be empty, or hold what factories made', () => {
    expect(() => assertPeers('the ingress', [])).not.toThrow();
    expect(() => assertPeers('the ingress', [Peer.cidr('10.0.0.0/8'), Peer.workload({ id: 'sg-1' })])).not.toThrow();
  });
});
