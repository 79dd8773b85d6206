import type { ServiceUnderTest, TokenOverrides } from '../deployment';
import type { FrontRecord, GoogleFront } from './front';
import type { GooglePlan, PlannedService } from './google-plan';
import { type GoogleKeys, type IdTokenRequest, makeAccessToken, mintIdToken } from './google-tokens';
import type { MetadataMode, MetadataServer } from './metadata-server';

/** Services of Cloud Run behind Google's front end, and what Google would say and sign about them. */
export interface CloudRunUnderTest {
  readonly plan: GooglePlan;
  /** The service that the run's own is registered as. */
  readonly registered: PlannedService;
  /** Where the front end is: for hosts of the network, and for everybody else. */
  readonly address: string;
  readonly publicAddress: string;
  readonly port: number;
  /** Every request that the front end has got, oldest first. */
  readonly records: () => Promise<readonly FrontRecord[]>;
  /** An ID token of Google's for anybody, good but for what is overridden. */
  readonly idToken: (request: IdTokenRequest, overrides?: TokenOverrides) => string;
  /** What an account shows to Google's own services. */
  readonly accessToken: (email: string) => string;
  /** Takes away whatever the server can have a token from, or brings it back. */
  readonly setCredentials: (mode: MetadataMode) => Promise<void>;
}

export interface CloudRunParts {
  readonly plan: GooglePlan;
  readonly keys: GoogleKeys;
  readonly front: GoogleFront;
  readonly metadata: Pick<MetadataServer, 'setMode'>;
  readonly address: string;
  readonly publicAddress: string;
  /** @default 443 */
  readonly port?: number;
}

/** What attacks are told of Cloud Run; `undefined` where the files have no service of it. */
export function cloudRunUnderTest(parts: CloudRunParts): CloudRunUnderTest | undefined {
  const { plan, keys, front, metadata, address, publicAddress, port = 443 } = parts;
  const { registered } = plan;
  if (registered === undefined) return undefined;
  return {
    plan,
    registered,
    address,
    publicAddress,
    port,
    records: () => front.records(),
    idToken: (request, overrides) => mintIdToken(keys, request, overrides),
    accessToken: (email) => makeAccessToken(keys, email),
    setCredentials: async (mode) => {
      await Promise.all([metadata.setMode(mode), front.setApis(mode)]);
    },
  };
}

/** The run's service as the server finds it: behind the front end, under the name of a service of the files. */
export function behindFront(
  service: Pick<ServiceUnderTest, 'requests'>,
  { address, port, registered, plan }: Pick<CloudRunUnderTest, 'address' | 'port' | 'registered' | 'plan'>,
): ServiceUnderTest {
  const uri = port === 443 ? registered.url : `${registered.url}:${port}`;
  return { address, port, uri, ...(plan.auth && { auth: plan.auth }), requests: () => service.requests() };
}
