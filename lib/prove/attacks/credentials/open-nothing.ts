import type { Deployment } from '../../deployment';

/** Why attacks with tokens or keys show nothing: good ones open nothing either, and are refused like bad ones. Else `undefined`. */
export function tokensOpenNothing({ credentials }: Deployment): string | undefined {
  return credentials.grants.some(({ everybody, scopes }) => everybody || scopes.length > 0)
    ? undefined
    : 'no scope is granted anything: a good token or key is refused like a bad one';
}

/** Why attacks with certificates show nothing. Else `undefined`. */
export function certificatesOpenNothing({ credentials }: Deployment): string | undefined {
  return credentials.grants.some(({ everybody, certificates }) => everybody || certificates.length > 0)
    ? undefined
    : 'no certificate is granted anything: a good one is refused like a bad one';
}
