import { Template } from 'aws-cdk-lib/assertions';
import { Peer as Ec2Peer, Port, PrefixList, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Peer, type RestateServer } from '../../lib/aws';
import { refusal } from '../core/refusal';
import { publicAddresses } from '../../lib/core/public-addresses';
import { groupRules } from './group-rules';
import { adminDoor, networkOf, newStack, serverIn } from './template-of';

interface Scene {
  readonly restate: RestateServer;
  /** A peer of the ingress, which may go nowhere yet. */
  readonly shop: SecurityGroup;
  /** A peer of the admin door. */
  readonly operations: SecurityGroup;
  /** A peer of nothing. */
  readonly stranger: SecurityGroup;
  /** The rules of the template. */
  rules(): readonly string[];
}

function scene(): Scene {
  const stack = newStack();
  const vpc = networkOf(stack);
  const [shop, operations, stranger] = ['Shop', 'Operations', 'Offices'].map(
    (id) => new SecurityGroup(stack, id, { vpc, allowAllOutbound: false }),
  ) as [SecurityGroup, SecurityGroup, SecurityGroup];
  const restate = serverIn(
    stack,
    {
      ...adminDoor(stack, [Peer.securityGroup(operations)]),
      ingress: { peers: [Peer.securityGroup(shop), Peer.cidr('10.20.0.0/16')] },
    },
    vpc,
  );
  return { restate, shop, operations, stranger, rules: () => groupRules(Template.fromStack(stack)) };
}

/** The rules when nobody used a door. */
const QUIET = scene().rules();

/** Those of the groups that stand behind a door. */
const ours = (rules: readonly string[]): readonly string[] =>
  rules.filter((rule) => /^(Admin)?Balancer|^Task/.test(rule));

/** One for all attempts to open a door: none of them may change it. */
const TRIED = scene();

describe('a door', () => {
  test.each<[string, (scene: Scene) => void, string]>([
    [
      'asked by the peer',
      ({ restate, shop }) => shop.connections.allowToDefaultPort(restate.ingressDoor),
      'Shop > Balancer tcp 443',
    ],
    [
      'asked by the peer, with the port',
      ({ restate, shop }) => shop.connections.allowTo(restate.ingressDoor, Port.tcp(443)),
      'Shop > Balancer tcp 443',
    ],
    [
      'asked itself',
      ({ restate, shop }) => restate.ingressDoor.connections.allowDefaultPortFrom(shop),
      'Shop > Balancer tcp 443',
    ],
    [
      'as the end of a rule',
      ({ restate, shop }) => shop.addEgressRule(restate.ingressDoor, Port.tcp(443)),
      'Shop > Balancer tcp 443',
    ],
    [
      'of the operators',
      ({ restate, operations }) => operations.connections.allowToDefaultPort(restate.adminDoor!),
      'Operations > AdminBalancer tcp 443',
    ],
  ])('gives a peer its way out and changes nothing else: %s', (_, connect, way) => {
    const asked = scene();
    connect(asked);
    expect(asked.rules()).toEqual([...QUIET, way].sort());
  });

  test.each<[string, (scene: Scene) => void]>([
    [
      'a group that is no peer',
      ({ restate, stranger }) => stranger.connections.allowToDefaultPort(restate.ingressDoor),
    ],
    [
      'one that is, and one that is not',
      ({ restate, shop, stranger }) => {
        shop.connections.addSecurityGroup(stranger);
        restate.ingressDoor.connections.allowDefaultPortFrom(shop);
      },
    ],
    ['a caller as operator', ({ restate, shop }) => shop.connections.allowToDefaultPort(restate.adminDoor!)],
    [
      'an operator as caller',
      ({ restate, operations }) => restate.ingressDoor.connections.allowDefaultPortFrom(operations),
    ],
    ['everybody', ({ restate }) => restate.ingressDoor.connections.allowDefaultPortFromAnyIpv4()],
    [
      'a block that is no peer',
      ({ restate }) => restate.ingressDoor.addIngressRule(Ec2Peer.ipv4('10.0.0.0/8'), Port.tcp(443)),
    ],
    [
      'a list that is no peer',
      ({ restate, shop }) =>
        restate.ingressDoor.addIngressRule(PrefixList.fromPrefixListId(shop, 'List', 'pl-1'), Port.tcp(443)),
    ],
    ['a peer at another port', ({ restate, shop }) => shop.connections.allowTo(restate.ingressDoor, Port.tcp(9070))],
    ['a peer at every port', ({ restate, shop }) => restate.ingressDoor.connections.allowFrom(shop, Port.allTraffic())],
    ['a peer at 443 of UDP', ({ restate, shop }) => restate.ingressDoor.connections.allowFrom(shop, Port.udp(443))],
    ['itself', ({ restate }) => restate.ingressDoor.connections.allowDefaultPortInternally()],
    ['a way out', ({ restate, shop }) => restate.ingressDoor.connections.allowTo(shop, Port.tcp(443))],
    ['a way out to everywhere', ({ restate }) => restate.ingressDoor.connections.allowToAnyIpv4(Port.tcp(443))],
  ])('is opened behind the model by no method: %s', (_, open) => {
    expect(refusal(() => open(TRIED)).code).toBe('RuleBehindModel');
  });

  test('that was tried by all of these is as it was', () => {
    expect(ours(TRIED.rules())).toEqual(ours(QUIET));
  });

  test('is passed by a block that the model names, and by everybody where it names everybody', () => {
    const { restate } = scene();
    restate.ingressDoor.addIngressRule(Ec2Peer.ipv4('10.20.0.0/16'), Port.tcp(443));
    const stack = newStack();
    const facing = serverIn(stack, { ingress: { internetFacing: true } }, new Vpc(stack, 'Network'));
    facing.ingressDoor.connections.allowDefaultPortFromAnyIpv4();
    const rules = groupRules(Template.fromStack(stack)).filter((rule) => rule.startsWith('Balancer <'));
    expect(rules).toEqual([...publicAddresses(), '2000::/3'].map((cidr) => `Balancer < ${cidr} tcp 443`).sort());
  });

  test('of operators is not there where nobody operates', () => {
    const stack = newStack();
    expect(serverIn(stack).adminDoor).toBeUndefined();
  });
});
