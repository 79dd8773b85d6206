import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import { ComputeRegionBackendService } from '@cdktf/provider-google/lib/compute-region-backend-service';
import { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { IPrivateNetwork } from './private-network';
import { resourceName } from './resource-name';

/** Properties of {@link PassthroughFront}. */
export interface PassthroughFrontProps {
  /** The project of the network. */
  readonly project: string;
  readonly network: IPrivateNetwork;
  /** Self link of the instance group of the machine. */
  readonly instanceGroup: string;
  /** `id` of a health check of Envoy's health port; a regional one where the internet may call. */
  readonly healthCheck: string;
  /** The TCP port of the address and of the machine: packets keep theirs. */
  readonly port: number;
  /** Whether the address is on the internet. @default false */
  readonly internetFacing?: boolean;
}

/** Time in seconds in which calls that are under way may end when the machine leaves. */
const DRAINING_SECONDS = 30;

/**
 * An address of its own before one port of the machine. It is no proxy: packets arrive as the caller sent them, with the caller's address, and
 * answers go back without it, so that TLS ends in Envoy and the firewall of the machine decides who may connect. There is one HTTP parser to
 * prove, and no time limit on a call. An address inside is reached from its region alone. A connection that is silent for ten minutes is forgotten by the balancer; Envoy keeps it alive.
 *
 * @see https://cloud.google.com/load-balancing/docs/passthrough-network-load-balancer
 * @see https://cloud.google.com/load-balancing/docs/internal#tracking-mode
 */
export class PassthroughFront extends Construct {
  public readonly addressResource: ComputeAddress;
  public readonly backendService: ComputeRegionBackendService;
  public readonly forwardingRule: ComputeForwardingRule;

  /** @throws UnsafeConfigurationError `RouteToInternetMissing` */
  public constructor(scope: Construct, id: string, props: PassthroughFrontProps) {
    super(scope, id);
    const { project, network, internetFacing = false } = props;
    assertReached(props);
    const where = { name: resourceName(this), project, region: network.region };
    const loadBalancingScheme = internetFacing ? 'EXTERNAL' : 'INTERNAL';
    this.addressResource = new ComputeAddress(this, 'Address', {
      ...where,
      addressType: loadBalancingScheme,
      ...(internetFacing ? { networkTier: 'PREMIUM' } : { subnetwork: network.subnetworkId, purpose: 'GCE_ENDPOINT' }),
    });
    this.backendService = new ComputeRegionBackendService(this, 'BackendService', {
      ...where,
      protocol: 'TCP',
      loadBalancingScheme,
      healthChecks: [props.healthCheck],
      backend: [{ group: props.instanceGroup, balancingMode: 'CONNECTION' }],
      connectionDrainingTimeoutSec: DRAINING_SECONDS,
      logConfig: { enable: true, sampleRate: 1 },
    });
    this.forwardingRule = new ComputeForwardingRule(this, 'Resource', {
      ...where,
      ipProtocol: 'TCP',
      loadBalancingScheme,
      ports: [String(props.port)],
      ipAddress: this.addressResource.id,
      backendService: this.backendService.id,
      ...(internetFacing
        ? { networkTier: 'PREMIUM' }
        : {
            network: network.networkId,
            subnetwork: network.subnetworkId,
            allowGlobalAccess: false,
          }),
    });
  }

  /** The IPv4 address that clients connect to. */
  public get address(): string {
    return this.addressResource.address;
  }
}

/** Answers leave the machine for the caller's own address, so that an address on the internet needs a route to the internet. */
function assertReached({ network, internetFacing = false }: PassthroughFrontProps): void {
  if (!internetFacing || network.internet !== 'none') return;
  throw new UnsafeConfigurationError({
    code: 'RouteToInternetMissing',
    given: `internetFacing with a ProxyCertificate in a network with internet: ${quote(network.internet)}`,
    because:
      'a passthrough balancer leaves answers to the machine, and no route leads from it to a caller on the internet',
    write:
      "give a network with internet: 'nat', or take a ManagedCertificate, whose front ends are reached without a route",
  });
}
