import { methods } from '../options';
import type { Combination } from './options';

/**
 * What makes a combination impossible: the codes of which the library has to throw one, said here once more and from the documentation
 * alone. Empty: it is a deployment.
 */
export function whyImpossible(combination: Combination): readonly string[] {
  const { auth, callers, exposure, certificate, admin, internet, credentials, service } = combination;
  const shown = methods(auth);
  // operators by account have keys that are fetched
  const fetches = auth === 'jwt-fetched' || admin === 'account';
  const reasons: readonly (readonly [boolean, string])[] = [
    [exposure === 'internet-and-block', 'PeersBesideInternet'],
    [callers === 'by-certificate' && !shown.includes('mutual-tls'), 'CallerInvalid'],
    [callers === 'by-scope' && shown.every((method) => method === 'mutual-tls'), 'CallerInvalid'],
    [certificate === 'balancer' && shown.includes('mutual-tls'), 'CertificateEndsTooEarly'],
    [certificate === 'balancer' && ['account', 'tag'].includes(exposure), 'PeerNotEnforceable'],
    [certificate === 'proxy' && exposure === 'internet' && internet === 'none', 'RouteToInternetMissing'],
    [fetches && internet === 'none', 'WayOutMissing'],
    [admin === 'by-certificate', 'AdminAuthInvalid'],
    [admin === 'uncertified', 'AdminCertificateMissing'],
    [admin === 'certified-nobody', 'AdminCertificateUnused'],
    [service !== 'by-address' && credentials === 'none', 'CredentialsMissing'],
    [service === 'cloud-run-as-another' && ['ambient', 'key-file'].includes(credentials), 'ImpersonationTargetUnknown'],
  ];
  return reasons.flatMap(([isSo, code]) => (isSo ? [code] : []));
}
