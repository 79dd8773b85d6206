import { IngressAuth } from '../../lib/core/ingress-auth';
import type { MutualTlsAuth } from '../../lib/core/mutual-tls-auth';
import { clientAuthority, type ClientAuthority, type ClientCertificate } from './client-authority';
import { revocationFolder, type RevocationFolder } from './revocation-folder';

export const SHOP = 'spiffe://example.com/shop';
export const DEPOT = 'depot.internal.example.com';

/** Two callers with certificates of an authority, one that was revoked, and where the proxy reads that. */
export interface CallersByCertificate {
  readonly authority: ClientAuthority;
  readonly auth: MutualTlsAuth;
  /** Has the URI `SHOP`. */
  readonly shop: ClientCertificate;
  /** Has the host name `DEPOT`. */
  readonly depot: ClientCertificate;
  /** Has the URI `SHOP`, and is on the list. */
  readonly revoked: ClientCertificate;
  readonly list: RevocationFolder;
}

/** Makes them. */
export async function callersByCertificate(): Promise<CallersByCertificate> {
  const authority = await clientAuthority('callers');
  const revoked = await authority.issue({ uris: [SHOP] });
  return {
    authority,
    auth: IngressAuth.mutualTls({
      ca: authority.certificate,
      names: [SHOP, DEPOT],
      crl: 's3://example-ca/ca.crl.pem',
    }),
    shop: await authority.issue({ uris: [SHOP] }),
    depot: await authority.issue({ names: [DEPOT] }),
    revoked,
    list: revocationFolder(await authority.revoke([revoked.serialNumber])),
  };
}
