/** A certificate that a client shows, and its key, PEM. */
export interface ClientCertificate {
  /** The chain, its own certificate first. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** TLS as a client offers it. */
export interface ProbeTls {
  readonly servername: string;
  /** PEM bundle to trust; absent: the server's certificate is not verified, as an attacker would not. */
  readonly ca?: string;
  readonly minVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  /** Protocols to offer. @default - the protocol of an HTTP probe, none for raw bytes */
  readonly alpn?: readonly string[];
  /** @default - none */
  readonly clientCertificate?: ClientCertificate;
  /**
   * How long to say nothing after the handshake. TLS 1.3 tells a client last what is wrong with its certificate, and what it has sent by
   * then makes a reset of that alert.
   *
   * @default 0
   */
  readonly settleMs?: number;
}

/** One HTTP request over a connection of its own. Header names and values go out as given, duplicates included. */
export interface HttpProbe {
  readonly kind: 'http';
  readonly protocol: 'http/1.1' | 'h2';
  readonly address: string;
  readonly port: number;
  /** Absent: plaintext (h2 with prior knowledge). */
  readonly tls?: ProbeTls;
  readonly method: string;
  /** Sent as it is, without normalisation. */
  readonly path: string;
  /** `host` (h1) and `:authority` (h2) come from `authority`. */
  readonly authority: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** How many spaces precede the body, to make a large one that means the same as JSON. @default 0 */
  readonly bodyPadding?: number;
  readonly trailers?: readonly (readonly [string, string])[];
  readonly timeoutMs: number;
}

/** Bytes over a connection, as they are; for smuggling, slow clients, and "does it accept at all". */
export interface RawProbe {
  readonly kind: 'raw';
  readonly address: string;
  readonly port: number;
  readonly tls?: ProbeTls;
  /** Each chunk is sent after its pause. Latin-1. */
  readonly chunks: readonly { readonly afterMs: number; readonly data: string }[];
  /** Give up (and report what came) after this long. */
  readonly timeoutMs: number;
  /** Report as soon as this many bytes have come. @default - read until the peer closes or the time is up */
  readonly readBytes?: number;
  /** Close the connection, and report, when nothing has been left to send for this long. @default - leave that to the peer */
  readonly lingerMs?: number;
}

/** A connection to a unix socket, by path or (first character `@`) abstract name. */
export interface UnixProbe {
  readonly kind: 'unix';
  readonly path: string;
  readonly timeoutMs: number;
}

/** Something that a place in the network can be told to try. */
export type Probe = HttpProbe | RawProbe | UnixProbe;

/** What came of a probe. */
export type ProbeResult =
  /** An HTTP answer. */
  | {
      readonly outcome: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** A connection that was accepted; for raw and unix probes what came back, Latin-1. */
  | { readonly outcome: 'connected'; readonly received: string; readonly closed: boolean }
  /** No connection, or one cut before an answer. `by` says how it looked from the client. */
  | {
      readonly outcome: 'failed';
      readonly by: 'timeout' | 'reset' | 'refused' | 'unreachable' | 'tls-alert' | 'closed' | 'protocol';
      readonly detail: string;
    };

/** The local address and port a probe used, so that the firewall's counters can be asked about exactly this connection. */
export type ProbeReport = ProbeResult & { readonly localAddress?: string; readonly localPort?: number };
