import { methods, type Combination } from './options';

/**
 * What makes a combination impossible: the codes of which the library has to throw one, said here once more and from the documentation
 * alone. Empty: it is a deployment.
 */
export function whyImpossible(combination: Combination): readonly string[] {
  const { auth, callers, exposure, certificate, admin, adminCertificate, network } = combination;
  const shown = methods(auth);
  const reasons: readonly (readonly [boolean, string])[] = [
    [exposure === 'internet-and-block', 'PeersBesideInternet'],
    [callers === 'by-certificate' && !shown.includes('mutual-tls'), 'CallerInvalid'],
    [callers === 'by-scope' && shown.every((method) => method === 'mutual-tls'), 'CallerInvalid'],
    [certificate === 'balancer' && shown.includes('mutual-tls'), 'CertificateEndsTooEarly'],
    [admin === 'mutual-tls', 'AdminAuthInvalid'],
    [admin !== 'nobody' && adminCertificate === 'absent', 'AdminCertificateMissing'],
    [admin === 'nobody' && adminCertificate === 'given', 'AdminCertificateUnused'],
    [[auth, admin].includes('jwt-fetched') && network === 'isolated', 'NodeSubnetMissing'],
  ];
  return reasons.flatMap(([isSo, code]) => (isSo ? [code] : []));
}
