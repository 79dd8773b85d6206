import { ComputeBackendService } from '@cdktf/provider-google/lib/compute-backend-service';
import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeGlobalForwardingRule } from '@cdktf/provider-google/lib/compute-global-forwarding-rule';
import type { ComputeManagedSslCertificate } from '@cdktf/provider-google/lib/compute-managed-ssl-certificate';
import type { ComputeSecurityPolicy } from '@cdktf/provider-google/lib/compute-security-policy';
import { ComputeSslPolicy } from '@cdktf/provider-google/lib/compute-ssl-policy';
import { ComputeTargetHttpsProxy } from '@cdktf/provider-google/lib/compute-target-https-proxy';
import { ComputeUrlMap } from '@cdktf/provider-google/lib/compute-url-map';
import { Construct } from 'constructs';
import { UnsafeConfigurationError } from '../core/errors';
import type { SecurityModel } from '../core/security-model';
import { acceptRisk } from './accepted-risk';
import { callersPolicy } from './callers-policy';
import { issuedCertificate } from './issued-certificate';
import type { ManagedCertificate } from './managed-certificate';
import type { PeerHandle } from './peer';
import { peersOf } from './peers-of-door';
import { PORTS } from './ports';
import { resourceName } from './resource-name';

/** The name of `PORTS.https` in the instance group: an HTTPS balancer knows ports of a group by name alone. */
export const HTTPS_FRONT_PORT_NAME = 'ingress';

/** Properties of {@link HttpsFront}. */
export interface HttpsFrontProps {
  readonly project: string;
  /** Self link of the instance group of the machine. It names `PORTS.https` {@link HTTPS_FRONT_PORT_NAME}. */
  readonly instanceGroup: string;
  /** `id` of a global health check of Envoy's health port. */
  readonly healthCheck: string;
  readonly model: SecurityModel<PeerHandle>;
  readonly certificate: ManagedCertificate;
}

/** The longest that `limits.longestCallSeconds` may be: Envoy ends what is silent for too long, the balancer never before it. */
const TIMEOUT_SECONDS = 604_800;
/** Time in seconds in which calls that are under way may end when the machine leaves. */
const DRAINING_SECONDS = 30;

/**
 * Google's global external Application Load Balancer: it ends the callers' TLS, 1.2 or later with forward secrecy, and speaks HTTP/2 over TLS
 * to Envoy, where no two readers can disagree about where a request ends. There is no listener for plain HTTP, no cache, no HTTP/3 and no
 * early data, which could be replayed. Every call is logged.
 *
 * Callers may see a long call end when a front end of Google restarts: the invocation goes on, and they attach to it again.
 *
 * @see https://cloud.google.com/load-balancing/docs/https
 * @see https://cloud.google.com/load-balancing/docs/https/request-distribution
 */
export class HttpsFront extends Construct {
  public readonly addressResource: ComputeGlobalAddress;
  public readonly backendService: ComputeBackendService;
  public readonly sslPolicy: ComputeSslPolicy;
  public readonly forwardingRule: ComputeGlobalForwardingRule;
  /** Absent: it was made elsewhere. */
  public readonly issuedCertificate?: ComputeManagedSslCertificate;
  /** Who may call, by address. Absent: everybody may, and must show a credential. */
  public readonly callersPolicy?: ComputeSecurityPolicy;

  /** @throws UnsafeConfigurationError `PeersMissing`, `PeerNotEnforceable`, `PeerUnreachable`, `ManagedHostnamesInvalid` */
  public constructor(scope: Construct, id: string, props: HttpsFrontProps) {
    super(scope, id);
    const { project, model } = props;
    const common = { name: resourceName(this), project };
    const { isInternet, ranges } = peersOf('ingress', model, 'https-balancer');
    if (!isInternet) {
      assertSomebody(ranges);
      this.callersPolicy = callersPolicy(this, { project, ranges });
    }
    this.backendService = this.backend(props);

    this.addressResource = new ComputeGlobalAddress(this, 'Address', { ...common, addressType: 'EXTERNAL' });
    this.sslPolicy = new ComputeSslPolicy(this, 'SslPolicy', {
      ...common,
      profile: 'RESTRICTED',
      minTlsVersion: 'TLS_1_2',
    });
    const { certificateId } = props.certificate;
    if (certificateId === undefined) {
      this.issuedCertificate = issuedCertificate(this, { project, hostnames: model.ingress.hostnames });
    }
    const urlMap = new ComputeUrlMap(this, 'UrlMap', { ...common, defaultService: this.backendService.id });
    const proxy = new ComputeTargetHttpsProxy(this, 'Proxy', {
      ...common,
      urlMap: urlMap.id,
      sslCertificates: [certificateId ?? this.issuedCertificate?.id].filter((known) => known !== undefined),
      sslPolicy: this.sslPolicy.id,
      quicOverride: 'DISABLE',
      tlsEarlyData: 'DISABLED',
    });
    this.forwardingRule = new ComputeGlobalForwardingRule(this, 'Resource', {
      ...common,
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      ipProtocol: 'TCP',
      ipAddress: this.addressResource.id,
      portRange: String(PORTS.https),
      target: proxy.id,
    });
  }

  /** The IPv4 address that callers connect to. */
  public get address(): string {
    return this.addressResource.address;
  }

  /** Balanced by rate, the one mode that a group may have beside the connections of a passthrough balancer. */
  private backend({ project, instanceGroup, healthCheck, model }: HttpsFrontProps): ComputeBackendService {
    const service = new ComputeBackendService(this, 'BackendService', {
      name: resourceName(this),
      project,
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      protocol: 'HTTP2',
      portName: HTTPS_FRONT_PORT_NAME,
      healthChecks: [healthCheck],
      backend: [
        {
          group: instanceGroup,
          balancingMode: 'RATE',
          maxRatePerInstance: model.ingress.limits.requestsPerSecond,
        },
      ],
      timeoutSec: TIMEOUT_SECONDS,
      connectionDrainingTimeoutSec: DRAINING_SECONDS,
      enableCdn: false,
      logConfig: { enable: true, sampleRate: 1 },
      ...(this.callersPolicy !== undefined && { securityPolicy: this.callersPolicy.id }),
    });
    acceptRisk(service, {
      claim: 'tls-outside',
      reason:
        'the HTTPS load balancer verifies no certificate of its backends: the hop to Envoy is encrypted and not authenticated; ' +
        'it stays inside the network of Google, where no address but the machine itself can take the place of a backend',
    });
    return service;
  }
}

/** A passthrough balancer that admits nobody is an address inside the network, which is shut; this one would stand on the internet. */
function assertSomebody(ranges: readonly string[]): void {
  if (ranges.length > 0) return;
  throw new UnsafeConfigurationError({
    code: 'PeersMissing',
    given: 'ManagedCertificate with neither ingress.peers nor internetFacing',
    because: 'a load balancer on the internet that admits nobody is only one more thing to defend, and to pay for',
    write:
      'name the public blocks of the callers in ingress.peers, set internetFacing: true, or use ProxyCertificate.fromSecret',
  });
}
