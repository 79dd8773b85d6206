import { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import type { TerraformStack } from 'cdktf';
import { AdminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { FirewallRules, type FirewallRulesProps } from '../../lib/google/firewall-rules';
import { Peer, type PeerHandle } from '../../lib/google/peer';
import type { ServiceRange } from '../../lib/google/restate-server-props';
import { refusal } from '../core/refusal';
import { firewallLines } from './firewall-lines';
import { ACCOUNT, modelOf, networkWith, newStack, OPERATORS, PROJECT, resourcesOf } from './network-of';

type Asked = Partial<FirewallRulesProps>;

const AT = `account ${ACCOUNT}`;
const REMOTE_AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  jwksUri: 'https://login.example.com/keys.json',
  audiences: ['orders'],
});
/** What stands around every machine. */
const ALWAYS = [
  `1000 deny in all from 0.0.0.0/0 to ${AT}`,
  `1000 deny out all to 0.0.0.0/0 from ${AT}`,
  `900 allow in tcp 8081 from 35.191.0.0/16 130.211.0.0/22 to ${AT}`,
  `900 allow out tcp 443 to 199.36.153.4/30 from ${AT}`,
];
const tunnel = { kind: 'workload', handle: { kind: 'iap-tunnel', principals: ['group:ops@example.com'] } } as const;

function rulesIn(stack: TerraformStack, asked: Asked = {}): FirewallRules {
  return new FirewallRules(stack, 'Firewall', {
    project: PROJECT,
    network: networkWith(),
    model: modelOf(),
    front: 'passthrough',
    targetAccount: ACCOUNT,
    ...asked,
  });
}

/** The rules beside those that are always there. */
function beside(asked: Asked, then: (rules: FirewallRules) => void = () => {}): string[] {
  const lines = firewallLines(resourcesOf((stack) => then(rulesIn(stack, asked))));
  expect(lines).toEqual(expect.arrayContaining(ALWAYS));
  return lines.filter((line) => !ALWAYS.includes(line));
}

const operators = (...peers: Peer[]): AdminAccess<PeerHandle> => AdminAccess.fromPeers<PeerHandle>(peers, OPERATORS);

describe('the firewall of the machine', () => {
  test('admits probes alone and leads to Google alone when nothing is said', () => {
    expect(beside({})).toEqual([]);
    expect(beside({ front: 'https-balancer' })).toEqual([]);
  });

  test.each<[what: string, asked: Asked, rules: string[]]>([
    [
      'blocks of callers at 443, in one rule',
      { model: modelOf({ peers: [Peer.cidr('10.30.0.0/16'), Peer.cidr('10.21.0.0/24'), Peer.cidr('10.30.0.0/16')] }) },
      [`900 allow in tcp 443 from 10.21.0.0/24 10.30.0.0/16 to ${AT}`],
    ],
    [
      'callers by service account at 443',
      { model: modelOf({ peers: [Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com')] }) },
      [`900 allow in tcp 443 from shop@my-project.iam.gserviceaccount.com to ${AT}`],
    ],
    [
      "callers by tag at 443 of a tag of the machine's own, since Google takes no tag beside an account",
      { model: modelOf({ peers: [Peer.tag('shop')] }) },
      ['900 allow in tcp 443 from shop to tag orders-firewall-tag'],
    ],
    [
      'callers of all kinds, a rule a kind: what fits any source of one rule is let in',
      { model: modelOf({ peers: [Peer.tag('shop'), Peer.cidr('10.21.0.0/24'), Peer.serviceAccount(ACCOUNT)] }) },
      [
        '900 allow in tcp 443 from shop to tag orders-firewall-tag',
        `900 allow in tcp 443 from 10.21.0.0/24 to ${AT}`,
        `900 allow in tcp 443 from ${ACCOUNT} to ${AT}`,
      ],
    ],
    [
      'operators at 8444 and nowhere else',
      { model: modelOf({}, operators(Peer.cidr('10.40.0.0/24'))) },
      [`900 allow in tcp 8444 from 10.40.0.0/24 to ${AT}`],
    ],
    [
      'operators by tunnel at 8444, from the addresses of Identity-Aware Proxy',
      { model: modelOf({}, operators(tunnel)) },
      [`900 allow in tcp 8444 from 35.235.240.0/20 to ${AT}`],
    ],
    [
      'callers behind an HTTPS balancer from the front ends of Google, also those by block',
      { front: 'https-balancer', model: modelOf({ peers: [Peer.cidr('203.0.113.0/24')] }) },
      [`900 allow in tcp 443 from 35.191.0.0/16 130.211.0.0/22 to ${AT}`],
    ],
    [
      'operators by account beside an HTTPS balancer, which is none of theirs',
      {
        front: 'https-balancer',
        model: modelOf({ internetFacing: true }, operators(Peer.serviceAccount(ACCOUNT))),
      },
      [
        `900 allow in tcp 443 from 35.191.0.0/16 130.211.0.0/22 to ${AT}`,
        `900 allow in tcp 8444 from ${ACCOUNT} to ${AT}`,
      ],
    ],
  ])('admits %s', (_, asked, rules) => {
    expect(beside(asked)).toEqual(rules.toSorted());
  });

  test('admits the world at 443 alone, where the balancer passes it on, and probes of that balancer', () => {
    const lines = firewallLines(resourcesOf((stack) => rulesIn(stack, { model: modelOf({ internetFacing: true }) })));
    const probes = '35.191.0.0/16 130.211.0.0/22 209.85.152.0/22 209.85.204.0/22';
    expect(lines).toEqual([
      ...ALWAYS.filter((line) => line.startsWith('1000')),
      `900 allow in tcp 443 from 0.0.0.0/0 to ${AT}`,
      `900 allow in tcp 8081 from ${probes} to ${AT}`,
      `900 allow out tcp 443 to 199.36.153.4/30 from ${AT}`,
    ]);
  });

  test('divides sources among rules as Google counts them: ten accounts a rule', () => {
    const peers = Array.from({ length: 11 }, (_, index) =>
      Peer.serviceAccount(`shop-${index}@my-project.iam.gserviceaccount.com`),
    );
    const counts = beside({ model: modelOf({ peers }) }).map((line) => line.match(/shop-/g)?.length);
    expect(new Set(counts)).toEqual(new Set([10, 1]));
  });

  test('reaches the services that are named, by block and port, once each', () => {
    const lines = beside({}, (rules) => {
      rules.reach({ cidr: '10.20.4.0/24', ports: [9081, 9080, 9080] });
      rules.reach({ cidr: '10.20.4.0/24', ports: [9080, 9081] });
      rules.reach({ cidr: '10.20.5.7/32', ports: [443] });
    });
    expect(lines).toEqual([
      `900 allow out tcp 443 to 10.20.5.7/32 from ${AT}`,
      `900 allow out tcp 9080,9081 to 10.20.4.0/24 from ${AT}`,
    ]);
  });

  test('admits a shell through a tunnel when it is granted, however often', () => {
    const lines = beside({}, (rules) => {
      rules.admitBreakGlass();
      rules.admitBreakGlass();
    });
    expect(lines).toEqual([`900 allow in tcp 22 from 35.235.240.0/20 to ${AT}`]);
  });

  test('fetches remote keys from public addresses at 443, and says so in the files', () => {
    const asked = { network: networkWith('nat'), model: modelOf({ auth: REMOTE_AUTH }) };
    const [way, ...others] = beside(asked);
    expect(others).toEqual([]);
    expect(way).toMatch(/^900 allow out tcp 443 to 1\.0\.0\.0\/8 /);
    expect(way).not.toMatch(/ (?:0|10|127|192\.168|169\.254|172\.16)\.\S*\/|\/0 /);
    const firewall = resourcesOf((stack) => rulesIn(stack, asked))['google_compute_firewall'];
    expect(firewall?.['Firewall/ToIssuer']?.['//']).toMatchObject({
      'portcullis:accepted': [{ claim: 'egress-closed', reason: expect.stringContaining('jwksUri') }],
    });
  });

  test('says in the files that whoever may tag a machine decides who connects', () => {
    const model = modelOf({ peers: [Peer.tag('shop')] }, operators(Peer.tag('desk')));
    const firewall = resourcesOf((stack) => rulesIn(stack, { model }))['google_compute_firewall'];
    const accepted = Object.entries(firewall ?? {}).flatMap(([path, { '//': comment }]) => {
      const risks = (comment as Record<string, readonly { claim: string }[]>)['portcullis:accepted'] ?? [];
      return risks.map(({ claim }) => `${path}: ${claim}`);
    });
    expect(accepted).toEqual([
      'Firewall/CallersByTag0: ingress-authenticated',
      'Firewall/OperatorsByTag0: admin-closed',
    ]);
  });

  test('asks for a tag of the machine only where peers are tags', () => {
    expect(rulesIn(newStack()).tags).toEqual([]);
    const [tag, ...others] = rulesIn(newStack(), { model: modelOf({ peers: [Peer.tag('shop')] }) }).tags;
    expect(others).toEqual([]);
    expect(tag).toMatch(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  test('logs every rule, targets every rule, and names each as Google allows, differently', () => {
    const model = modelOf(
      { peers: [Peer.tag('shop'), Peer.cidr('10.21.0.0/24'), Peer.serviceAccount(ACCOUNT)] },
      operators(tunnel, Peer.tag('desk')),
    );
    const resources = resourcesOf((stack) => {
      const rules = rulesIn(stack, { model });
      rules.admitBreakGlass();
      rules.reach({ cidr: '10.20.4.0/24', ports: [9080] });
    });
    const rules = Object.values(resources['google_compute_firewall'] ?? {});
    expect(rules).toHaveLength(11);
    for (const rule of rules) {
      expect(rule).toMatchObject({ project: PROJECT, log_config: { metadata: 'INCLUDE_ALL_METADATA' } });
      expect(rule['name']).toMatch(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);
      const byAccount = Object.hasOwn(rule, 'target_service_accounts');
      expect({ byAccount, byTag: Object.hasOwn(rule, 'target_tags') }).toEqual({ byAccount, byTag: !byAccount });
      // What Google refuses to mix in one rule.
      expect(byAccount && Object.hasOwn(rule, 'source_tags')).toBe(false);
      expect(Object.hasOwn(rule, 'target_tags') && Object.hasOwn(rule, 'source_service_accounts')).toBe(false);
      expect(rule['disabled']).toBeUndefined();
    }
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });
});

/** A workload of Cloud Run that came after the firewall. */
function workload(stack: TerraformStack, serviceAccount: string, tags: string[]): void {
  new CloudRunV2Service(stack, 'Shop', {
    name: 'shop',
    location: 'europe-west1',
    template: {
      serviceAccount,
      containers: [{ image: 'shop' }],
      vpcAccess: { networkInterfaces: [{ subnetwork: 'shop', tags }] },
    },
  });
}
const emailOf = (stack: TerraformStack): string =>
  new ServiceAccount(stack, 'Account', { accountId: 'shopkeeper' }).email;

const synthesiseAccount = (isTheirs: boolean) => () =>
  resourcesOf((stack) => {
    const email = emailOf(stack);
    rulesIn(stack, { model: modelOf({}, operators(Peer.serviceAccount(email))) });
    workload(stack, isTheirs ? email : 'other@my-project.iam.gserviceaccount.com', []);
  });

describe('the firewall of the machine refuses', () => {
  test.each<[what: string, asked: Asked, code: string, says: string]>([
    [
      'callers by account behind an HTTPS balancer',
      { front: 'https-balancer', model: modelOf({ peers: [Peer.serviceAccount(ACCOUNT)] }) },
      'PeerNotEnforceable',
      'ProxyCertificate',
    ],
    [
      'callers by tag behind an HTTPS balancer',
      { front: 'https-balancer', model: modelOf({ peers: [Peer.tag('shop')] }) },
      'PeerNotEnforceable',
      'shop',
    ],
    ['callers by tunnel', { model: modelOf({ peers: [tunnel] }) }, 'PeerNotEnforceable', 'AdminAccess.fromIapTunnel'],
    [
      'callers of another family than the address',
      { model: modelOf({ peers: [Peer.cidr('fd00:1::/48')] }) },
      'PeerUnreachable',
      'fd00:1::/48',
    ],
    [
      'callers that the machine takes for its containers',
      { model: modelOf({ peers: [Peer.cidr('172.18.4.0/24')] }) },
      'PeerUnreachable',
      '172.18.0.0/16',
    ],
    [
      'operators of another family than the address',
      { model: modelOf({}, operators(Peer.cidr('fd00:1::/48'))) },
      'PeerUnreachable',
      'the admin admits',
    ],
    ['keys that no route leads to', { model: modelOf({ auth: REMOTE_AUTH }) }, 'WayOutMissing', "internet: 'nat'"],
  ])('%s', (_, asked, code, says) => {
    const refused = refusal(() => rulesIn(newStack(), asked));
    expect(refused).toEqual({ code, message: expect.stringContaining(says) });
  });

  test.each<[what: string, services: ServiceRange, code: string]>([
    ['services on the internet', { cidr: '8.8.8.0/24', ports: [443] }, 'ServiceRangeInvalid'],
    ['services of the metadata server', { cidr: '169.254.169.254/32', ports: [80] }, 'ServiceRangeInvalid'],
    ['services everywhere', { cidr: '0.0.0.0/0', ports: [443] }, 'ServiceRangeInvalid'],
    [
      'services that the machine takes for its containers',
      { cidr: '172.17.4.0/24', ports: [9080] },
      'ServiceRangeInvalid',
    ],
    ['services by IPv6', { cidr: 'fd00:1::/48', ports: [9080] }, 'ServiceRangeInvalid'],
    ['services at no port', { cidr: '10.20.4.0/24', ports: [] }, 'ServiceRangeInvalid'],
    ['services at port 0', { cidr: '10.20.4.0/24', ports: [0] }, 'ServiceRangeInvalid'],
    ['services at port 99999', { cidr: '10.20.4.0/24', ports: [99_999] }, 'ServiceRangeInvalid'],
    ['services at half a port', { cidr: '10.20.4.0/24', ports: [9080.5] }, 'ServiceRangeInvalid'],
    ['services at an impossible block', { cidr: '10.10.0.0/99', ports: [9080] }, 'CidrInvalid'],
    [
      'services with a word that nobody reads',
      { cidr: '10.20.4.0/24', ports: [1], protocol: 'udp' } as never,
      'OptionUnknown',
    ],
  ])('%s', (_, services, code) => {
    expect(refusal(() => rulesIn(newStack()).reach(services)).code).toBe(code);
  });

  test('a tag of a workload of Cloud Run, which Google ignores as a source', () => {
    const model = modelOf({ peers: [Peer.tag('shop')] });
    const synthesise = (tags: string[]) => () =>
      resourcesOf((stack) => {
        rulesIn(stack, { model });
        workload(stack, 'other@my-project.iam.gserviceaccount.com', tags);
      });
    expect(refusal(synthesise(['web', 'shop']))).toEqual({
      code: 'PeerIgnored',
      message: expect.stringContaining('Orders/Shop'),
    });
    expect(synthesise(['web'])).not.toThrow();
  });

  test('an account of a workload of Cloud Run, also when it is known at deployment alone', () => {
    expect(refusal(synthesiseAccount(true)).code).toBe('PeerIgnored');
    expect(synthesiseAccount(false)).not.toThrow();
  });
});
