/** Somebody who comes to a port of a host, and over what. */
export interface WayIn {
  /** Addresses and names of those who come. */
  readonly who: readonly string[];
  /** Whether everybody on the internet is among them. */
  readonly isEverybody: boolean;
  /** The balancer over which they come, and its listener. Absent: straight. */
  readonly via?: { readonly balancer: string; readonly listener: string };
  /** Id of the host, and the port of its containers that something listens on. */
  readonly host: string;
  readonly port: number;
  /** Whether only health is asked after. */
  readonly probe?: true;
}
