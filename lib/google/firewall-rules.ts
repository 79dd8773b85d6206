import { ComputeFirewall, type ComputeFirewallConfig } from '@cdktf/provider-google/lib/compute-firewall';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { ListenerName } from '../core/listener';
import { publicAddresses } from '../core/public-addresses';
import { fetchesKeys, type SecurityModel } from '../core/security-model';
import { acceptRisk } from './accepted-risk';
import { FRONT_RANGES, IAP_RANGE, probeRanges } from './google-ranges';
import { heededSources } from './heeded-sources';
import type { PeerHandle } from './peer';
import { type PeersOfDoor, peersOf } from './peers-of-door';
import { PORTS } from './ports';
import { PRIVATE_ACCESS_RANGE } from './private-access';
import type { IPrivateNetwork } from './private-network';
import { resourceName } from './resource-name';
import type { ServiceRange } from './restate-server-props';
import type { ServerPlan } from './server-plan';
import { serviceRange } from './service-range';
import { assertWayOut } from './way-out';

/** Properties of {@link FirewallRules}. */
export interface FirewallRulesProps {
  /** The project of the network. */
  readonly project: string;
  readonly network: IPrivateNetwork;
  /** What may happen. Nothing else is rendered. */
  readonly model: SecurityModel<PeerHandle>;
  readonly front: ServerPlan['front'];
  /** E-mail address of the account of the machine, which nothing else of the network runs as. */
  readonly targetAccount: string;
}

/**
 * Allowing rules are asked before the one that denies the rest, and that one before and among the rules of others in the same network, which
 * have 1000 unless they say otherwise: of equals the denying one wins. Whoever has to cut the machine off writes a rule below 900.
 */
const PRIORITY = { allow: 900, deny: 1000 } as const;

/** Most of each kind that one rule may name. @see https://cloud.google.com/vpc/docs/quota#per-firewall-rule */
const MOST = { accounts: 10, tags: 30 } as const;

/**
 * The rules of the VPC's firewall around one machine. This file turns the model into rules, and no other file of the library makes one: what
 * is no rule here is denied, both ways, and every verdict is logged.
 *
 * A rule fits the machine by its service account, which only those may give to a machine who may act as it. One kind cannot: Google takes
 * no rule with tags as sources and an account as target, so peers that are tags are admitted to a tag of the machine's own.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export class FirewallRules extends Construct {
  /** Network tags that the machine has to carry. None, unless peers are tags. */
  public readonly tags: readonly string[];

  /**
   * @throws UnsafeConfigurationError `PeerNotEnforceable`, `PeerUnreachable`, `WayOutMissing`; at synthesis `PeerIgnored`
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: FirewallRulesProps,
  ) {
    super(scope, id);
    const { model, front } = props;
    const ingress = peersOf('ingress', model, front);
    const admin = peersOf('admin', model, front);
    this.tags = ingress.tags.length + admin.tags.length > 0 ? [resourceName(this, undefined, 'Tag')] : [];

    this.rule('DenyIn', { ...this.machine(), ...DENY, direction: 'INGRESS', sourceRanges: ['0.0.0.0/0'] });
    this.rule('DenyOut', { ...this.machine(), ...DENY, direction: 'EGRESS', destinationRanges: ['0.0.0.0/0'] });

    const probes = probeRanges(front === 'passthrough' && ingress.isInternet);
    this.admit('Health', PORTS.health, { ...this.machine(), sourceRanges: probes });
    if (front === 'passthrough') this.admitPeers('ingress', PORTS.https, ingress);
    else if (model.rules.some(({ to }) => to === 'ingress')) {
      this.admit('Front', PORTS.https, { ...this.machine(), sourceRanges: FRONT_RANGES });
    }
    this.admitPeers('admin', PORTS.admin, admin);

    this.lead('ToGoogle', [PRIVATE_ACCESS_RANGE], [PORTS.https]);
    this.reachIssuer();
  }

  /**
   * Lets Restate reach services by address.
   *
   * @throws UnsafeConfigurationError `ServiceRangeInvalid`, `CidrInvalid`, `CidrTooOpen`, `ValueNotConcrete`
   */
  public reach(services: ServiceRange): void {
    const { cidr, ports } = serviceRange(services);
    const id = `ToServices${cidr.replace(/\D/g, '-')}p${ports.join('-')}`;
    if (this.node.tryFindChild(id) === undefined) this.lead(id, [cidr], ports);
  }

  /** Lets tunnels of Identity-Aware Proxy reach the machine's shell. Who may open one is decided by IAM alone. */
  public admitBreakGlass(): void {
    if (this.node.tryFindChild('BreakGlass') !== undefined) return;
    this.admit('BreakGlass', PORTS.ssh, { ...this.machine(), sourceRanges: [IAP_RANGE] });
  }

  /** One rule a kind of source: of several kinds in one rule Google lets in whoever fits any. */
  private admitPeers(to: ListenerName, port: number, peers: PeersOfDoor): void {
    const id = to === 'admin' ? 'Operators' : 'Callers';
    const ranges = [...(peers.isInternet ? ['0.0.0.0/0'] : []), ...peers.ranges];
    if (ranges.length > 0) this.admit(`${id}ByRange`, port, { ...this.machine(), sourceRanges: ranges });
    if (peers.isTunnel) this.admit(`${id}ByTunnel`, port, { ...this.machine(), sourceRanges: [IAP_RANGE] });
    for (const [index, accounts] of portions(peers.accounts, MOST.accounts).entries()) {
      const sourceServiceAccounts = Lazy.listValue({ produce: () => heededSources(this, 'account', accounts) });
      this.admit(`${id}ByAccount${index}`, port, { ...this.machine(), sourceServiceAccounts });
    }
    for (const [index, tags] of portions(peers.tags, MOST.tags).entries()) {
      const sourceTags = Lazy.listValue({ produce: () => heededSources(this, 'tag', tags) });
      const rule = this.admit(`${id}ByTag${index}`, port, { targetTags: [...this.tags], sourceTags });
      acceptRisk(rule, {
        claim: to === 'admin' ? 'admin-closed' : 'ingress-authenticated',
        reason:
          `whoever may edit a machine of the network may give it the tag ${tags.join(' or ')} and connect, at any time after the proof; ` +
          'they must still show a credential, and a peer by service account closes it',
      });
    }
  }

  /**
   * Keys that are fetched need public 443. Private and link-local ranges are left out, so that no neighbour is reached with it.
   *
   * @throws UnsafeConfigurationError `WayOutMissing`
   */
  private reachIssuer(): void {
    const { model, network } = this.props;
    if (!fetchesKeys(model)) return;
    assertWayOut(network);
    acceptRisk(this.lead('ToIssuer', publicAddresses(), [PORTS.https]), {
      claim: 'egress-closed',
      reason:
        'the keys of jwksUri are fetched from an issuer whose addresses change: the machine reaches port 443 of every public address, ' +
        'and none of a private one; IngressAuth.jwt({ jwks }) closes it',
    });
  }

  private machine(): Pick<ComputeFirewallConfig, 'targetServiceAccounts'> {
    return { targetServiceAccounts: [this.props.targetAccount] };
  }

  private admit(id: string, port: number, sourcesAndTarget: Partial<ComputeFirewallConfig>): ComputeFirewall {
    return this.rule(id, { ...sourcesAndTarget, ...allow([port]), direction: 'INGRESS' });
  }

  private lead(id: string, destinationRanges: string[], ports: readonly number[]): ComputeFirewall {
    return this.rule(id, { ...this.machine(), ...allow(ports), direction: 'EGRESS', destinationRanges });
  }

  private rule(id: string, config: Omit<ComputeFirewallConfig, 'name' | 'network'>): ComputeFirewall {
    const { project, network } = this.props;
    return new ComputeFirewall(this, id, {
      name: resourceName(this, undefined, id),
      project,
      network: network.networkId,
      ...config,
      logConfig: { metadata: 'INCLUDE_ALL_METADATA' },
    });
  }
}

const DENY = { priority: PRIORITY.deny, deny: [{ protocol: 'all' }] };

function allow(ports: readonly number[]): Pick<ComputeFirewallConfig, 'priority' | 'allow'> {
  return { priority: PRIORITY.allow, allow: [{ protocol: 'tcp', ports: ports.map(String) }] };
}

function portions(items: readonly string[], most: number): (readonly string[])[] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  );
}
