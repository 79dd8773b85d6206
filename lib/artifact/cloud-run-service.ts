import type { Container } from './artifact';
import type { Text } from './text';

/** A service of Cloud Run: containers behind Google's own front end, which ends TLS and checks who calls. */
export interface CloudRunService {
  /** Address of the resource: `google_cloud_run_v2_service.greeter`. */
  readonly id: string;
  /** Construct path, where the file carries it. */
  readonly constructPath?: string;
  /** Name of the service; the part before the first `-` of its `run.app` host name, roughly. */
  readonly name: Text;
  /** Who may send at all. `unknown` where the file does not say it exactly. */
  readonly ingress: 'all' | 'internal' | 'internal-and-balancer' | 'unknown';
  /** Whether the front end asks for `run.invoker`. */
  readonly invokerCheck: 'on' | 'off' | 'unknown';
  /** The port of the container that requests go to. */
  readonly port: { readonly number: number; readonly protocol: 'h2c' | 'http1' | 'unknown' };
  /** Audiences that tokens may name beside the service's own URL. */
  readonly customAudiences: readonly Text[];
  /** Its own identity. Absent: the project's default account. */
  readonly account?: Text;
  readonly containers: readonly Container[];
  /** Whether a policy of Binary Authorization is asked before it runs an image. `overruled`: whoever deploys it says that it is not. */
  readonly imagesVerified?: 'on' | 'off' | 'overruled' | 'unsaid' | 'unknown';
  /** Secrets that its containers get as files or variables, whatever their version. Absent: none. */
  readonly secrets?: readonly Text[];
}
