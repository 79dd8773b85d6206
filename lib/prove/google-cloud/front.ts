import { join } from 'node:path';
import type { IssuedCertificate } from '../issuer/certificate-authority';
import { Channel } from '../network/channel';
import type { KnownCredentials } from './credential-file';
import type { FrontRules } from './front-decision';
import type { GoogleKeys } from './google-tokens';
import type { MetadataMode } from './metadata-server';

/** A request that reached the front end, and what became of it. Holds no token. */
export interface FrontRecord {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** Address of whoever sent it. */
  readonly from: string;
  /** Which header a token was shown in. */
  readonly shown: 'nothing' | 'authorization' | 'x-serverless-authorization';
  /** For whom the token says it is; absent where it says nothing of it. */
  readonly audience?: string;
  /** Whom the token says it is about. */
  readonly email?: string;
  /** What the container was asked in; absent where the request went no further. */
  readonly upstream?: 'h2c' | 'http1';
  readonly status: number;
  /** One word that says who or what decided. */
  readonly why: string;
}

/** What the process is told. */
export type FrontRequest =
  | { readonly do: 'start'; readonly config: FrontConfig }
  | { readonly do: 'apis'; readonly mode: MetadataMode }
  | { readonly do: 'records' };

/** Where it listens, and what it decides with. */
export interface FrontConfig {
  readonly port: number;
  /** For `*.a.run.app` and `*.googleapis.com`. */
  readonly certificate: IssuedCertificate;
  readonly rules: FrontRules;
  readonly keys: GoogleKeys;
  /** What the server's file of credentials proves. Absent: it has no file. */
  readonly credentials?: KnownCredentials;
  /** CIDR ranges of the network of the files. */
  readonly inside: readonly string[];
  /** The one service of the run, which stands for the container of each service. */
  readonly upstream: { readonly address: string; readonly port: number };
}

export interface GoogleFrontOptions extends Omit<FrontConfig, 'port'> {
  /** Command prefix that enters the namespace of the front end. */
  readonly enter: readonly string[];
  /** @default 443 */
  readonly port?: number;
  /** Folder of the compiled program. @default - this file's own folder */
  readonly programs?: string;
}

/** A stand-in for Google's front end of Cloud Run, and for what turns credentials into tokens: its OAuth server and IAM Credentials. */
export interface GoogleFront {
  /** Every request that it has got, oldest first. */
  records(): Promise<readonly FrontRecord[]>;
  /** Has what turns credentials into tokens close every connection unanswered, or answer again. */
  setApis(mode: MetadataMode): Promise<void>;
  stop(): Promise<void>;
}

const ANSWER_MS = 10_000;

/** Starts it, and waits until it listens. */
export async function startGoogleFront(options: GoogleFrontOptions): Promise<GoogleFront> {
  const { enter, programs = __dirname, port = 443, ...config } = options;
  const channel = new Channel([...enter, process.execPath, join(programs, 'front-main.js')]);
  const request = <Result>(what: FrontRequest): Promise<Result> => channel.request<Result>(what, ANSWER_MS);
  await request<null>({ do: 'start', config: { ...config, port } });
  return {
    records: () => request<readonly FrontRecord[]>({ do: 'records' }),
    setApis: async (mode) => {
      await request<null>({ do: 'apis', mode });
    },
    stop: () => channel.stop(),
  };
}
