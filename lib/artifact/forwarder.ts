/** Something on a machine, beside its containers, that takes connections and leads them on. */
export interface Forwarder {
  /** `nginx` */
  readonly by: string;
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** Ports of the machine itself that it leads to. */
  readonly leadsTo: readonly number[];
  /** Whether it may refuse somebody: by what is not followed. */
  readonly asks: boolean;
  /** The path of its certificate, where the machine makes and signs that for itself. Absent: it does not. */
  readonly ownCertificate?: string;
}
