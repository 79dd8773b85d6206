import { methods } from './options';

/** What a deployment of any cloud guards its doors with. */
export interface Guards {
  readonly auth: string;
  readonly callers: 'everybody' | 'by-scope' | 'by-certificate';
  readonly admin: string;
  readonly limits: 'default' | 'tight';
}

/** What every deployment has to withstand, in one attack a part: the callers' door, what travels on, the server's own doors. */
const ALWAYS: readonly string[] = [
  'no-token',
  'credentials-to-the-journal',
  'forged-forwarding-headers',
  'credentials-in-the-query',
  'foreign-origin-call',
  'admin-through-ingress',
  'admin-from-stranger',
  'fabric-from-service',
  'proxy-port-from-stranger',
  'listeners-beyond-the-balancer',
  'configuration-ignored',
  'requests-unsigned',
];

/** The same of the operators' door. */
const OPERATORS: readonly string[] = [
  'admin-from-service',
  'operator-without-token',
  'token-of-the-other-door',
  'operation-of-another-role',
  'registration-by-another-role',
];

/** The attacks of a short run: one or two on each guard that the combination has, and none that takes its time. */
export function attacksOf({ auth, callers, admin, limits }: Guards): readonly string[] {
  const shown = methods(auth);
  const bearer = shown.some((method) => method !== 'mutual-tls');
  // a good one that opens nothing is refused like a bad one, and then there is nothing to tell them apart by
  const keys = shown.includes('api-keys') && callers !== 'by-certificate';
  const certificates = shown.includes('mutual-tls') && callers !== 'by-scope';
  return [
    ...ALWAYS,
    ...when(bearer, 'token-elsewhere', 'forged-token', 'expired-token', 'wrong-audience-token'),
    ...when(shown.includes('jwt-fetched'), 'rogue-issuer'),
    ...when(keys, 'revoked-api-key', 'api-key-of-another-deployment'),
    ...when(certificates, 'no-client-certificate', 'unfit-client-certificate', 'revoked-client-certificate'),
    ...when(shown.length > 1, 'several-good-credentials', 'bad-credential-beside-a-good-one'),
    ...when(callers !== 'everybody', 'handler-without-grant', 'granted-path-imitated'),
    ...when(limits === 'tight', 'oversized-body'),
    ...(admin === 'nobody' ? ['admin-from-task'] : OPERATORS),
  ];
}

/** The attacks where it is so, and none where it is not. */
export function when(isSo: boolean, ...attacks: readonly string[]): readonly string[] {
  return isSo ? attacks : [];
}
