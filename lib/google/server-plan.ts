import type { SecurityModel } from '../core/security-model';
import type { ListenerCertificate } from '../proxy/listener-certificate';
import type { ServerConfig } from '../restate/server-config';
import type { GoogleCredentials } from './credentials';
import type { PeerHandle } from './peer';

/** What was asked for, validated and rendered, before any resource exists. */
export interface ServerPlan {
  readonly model: SecurityModel<PeerHandle>;
  readonly server: Required<ServerConfig>;
  /** `passthrough`: Envoy ends the callers' TLS. `https-balancer`: Google does, and Envoy shows it a certificate of its own making. */
  readonly front: 'passthrough' | 'https-balancer';
  /** What Envoy shows at the ingress. */
  readonly certificate: ListenerCertificate;
  readonly credentials: GoogleCredentials;
  /** Environment of the server. */
  readonly serverEnvironment: Readonly<Record<string, string>>;
  /** Arguments of Envoy. */
  readonly proxyArguments: readonly string[];
}
