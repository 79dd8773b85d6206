import { leadsToAdmin } from '../admin-door/operators-port';
import { withoutCloudRun } from '../google-cloud/without-cloud-run';
import { mentions } from '../../claims/claim-subject';
import { type NotApplicable, unlessMentioned } from './proven-claim';

/** Why nothing is fetched; where nobody shows a token there is no key set at all. */
function nothingFetched(reason: string): NotApplicable {
  return ({ host }) => {
    if (mentions(host, /remote_jwks/)) return undefined;
    return mentions(host, /jwt_authn/) ? reason : 'callers show client certificates: there is no key set';
  };
}

const unlessOnCloudRun: NotApplicable = ({ artifact }) => withoutCloudRun(artifact);

/** By claim, why it does not apply to a deployment, as far as its files say. */
export const NOT_APPLICABLE: Readonly<Record<string, NotApplicable>> = {
  'jwks-over-verified-tls': nothingFetched('the key set is inline: nothing is fetched'),
  'jwks-outage-fails-closed': nothingFetched('the key set is inline: there is no outage'),
  'key-withdrawal-honoured': unlessMentioned(/jwt_authn/, 'callers show client certificates: there is no key set'),
  'api-key-not-stored': unlessMentioned(/api_key_auth|API_KEY|api-keys/, 'no API keys are accepted'),
  'client-certificate-required': unlessMentioned(
    /require_client_certificate/,
    'callers show tokens, not client certificates',
  ),
  'credentials-not-combined-loosely': unlessMentioned(/requires_any/, 'one method is allowed'),
  'scope-per-handler': unlessMentioned(
    /list_match|principal_name|"?metadata"?:\s*\{\s*"?filter/,
    'the proxy grants by verified credential alone: no scopes, names or roles are configured',
  ),
  'key-ownership': unlessMentioned(
    /"?condition"?:|filters\.http\.(?:lua|ext_authz|ext_proc|wasm)/,
    'it is not asked for: no policy of the proxy compares a key with who calls',
  ),
  'admin-authenticated': ({ host }) =>
    leadsToAdmin(host) ? undefined : 'no admin door: the proxy has no route to the admin API',
  'fabric-mutual-tls': ({ host }) =>
    mentions(host, /RESTATE_(BIND_ADDRESS|BIND_IP)=(127\.|\[?::1\]?)/) && !mentions(host, /RESTATE_TLS__MODE=/)
      ? 'one node, whose fabric listens on loopback alone'
      : undefined,
  'upstream-verified': unlessMentioned(/UpstreamTlsContext/, 'the proxy has no TLS upstream: Restate is on loopback'),
  'journal-encrypted': () =>
    'encryption of payloads is chosen in the code of services, which the template does not hold',
  'cloud-run-private': unlessOnCloudRun,
  'cloud-run-http2': unlessOnCloudRun,
  'cloud-run-invoker-exact': unlessOnCloudRun,
  'cloud-run-token-audience': unlessOnCloudRun,
  'cloud-run-token-not-persisted': unlessOnCloudRun,
  'credential-missing-fails-closed': unlessOnCloudRun,
  'authentication-change-forced': (subject) =>
    unlessOnCloudRun(subject) ??
    'nothing in the files registers a service: whoever does so by hand changes its authentication by force, or not at all',
  'snapshot-restores': ({ artifact, host }) =>
    artifact.diskSnapshots === undefined && !mentions(host, /RESTATE_WORKER__SNAPSHOTS__DESTINATION=/)
      ? 'no snapshots: the disk is the only copy, and its backups are not made by these files'
      : undefined,
};
