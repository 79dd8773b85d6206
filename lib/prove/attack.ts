import type { Deployment } from './deployment';

/** Where an attacker, or a good caller, stands. */
export type PlaceName =
  /** Anywhere outside the network. */
  | 'internet'
  /** Somebody whom the deployment's own groups let call its balancer. */
  | 'caller'
  /** Somebody whom the deployment's own groups let talk to the door of the admin API; not there without such a door. */
  | 'operator'
  /** The address of the load balancer of that door; not there without one. */
  | 'admin-balancer'
  /** A host inside the network with no relation to the deployment. */
  | 'stranger'
  /** The address of the deployment's own load balancer. */
  | 'balancer'
  /** A compromised service behind the server. */
  | 'service'
  /** The front end of Google's own services, which everybody in the network reaches; not there on AWS. */
  | 'google'
  /** Another process in the task of the server, with its network but not its files. */
  | 'task';

/** What one attempt, of an attack or of its control, came to. */
export interface Observation {
  /** Whether the attempt got what it was after. */
  readonly succeeded: boolean;
  /** What was seen, in one line. Never holds a token, key or cookie. */
  readonly observed: string;
  /** Whether it succeeded by nothing having happened in time, as behind a dead door, too. @default false */
  readonly byWaiting?: boolean;
  /**
   * Who refused, where it did not succeed: `firewall: <group>`, `envoy: <response detail>`, `tls: <alert>`, `restate: <answer>`,
   * `kernel: no listener`, `service: <answer>`, `agent: instance metadata blocked`. Absent: nobody can be named, which makes the verdict `unproven`.
   */
  readonly refusedBy?: string;
}

/** An attempt and the place it is made from. */
export interface Attempt {
  readonly from: PlaceName;
  /** As near to the proxy as anybody gets: where no balancer of the cloud's stands before it, that is a caller. @default false */
  readonly straight?: boolean;
  /** Beside `straight`: by an address of one's own, so as a caller of a balancer that ends HTTP and tells the proxy of it. @default false */
  readonly ownAddress?: boolean;
  /** What is tried, in one line, without any recipe or secret. */
  readonly attempt: string;
  run(deployment: Deployment): Promise<Observation>;
}

/** An attack: what a guard must refuse, and the control that must succeed from the same place in the same run. */
export interface Attack extends Attempt {
  /** Stable, kebab-case, distinct. */
  readonly id: string;
  /** Id of the claim that it tests. */
  readonly claim: string;
  /** The refusal that is expected, in words: `401 from Envoy`. */
  readonly expected: string;
  /** Differs from the attack in the guarded property alone, and must succeed. */
  readonly control: Attempt;
  /** Why it does not apply to this deployment, else `undefined`. */
  notApplicable?(deployment: Deployment): string | undefined;
  /** Needs the real timers, so it runs under `--slow` alone. */
  readonly slow?: boolean;
  /** Changes or exhausts something that others use, so it runs by itself after them. */
  readonly exclusive?: boolean;
}
