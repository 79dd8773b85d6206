import type { CatalogueClaim } from './catalogue-claim';
import { MEASURED_PROXY, MEASURED_SERVER, SERVER_SECURITY } from './sources';

/** Who may call, and what a caller has to show. */
export const CALLER_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'ingress-authenticated',
    statement: 'no request reaches a handler without a credential that the proxy verified',
    source: SERVER_SECURITY,
    fix: 'require a verified token on every route (one catch-all rule in the jwt_authn filter), or a client certificate on every connection',
    decided:
      "works out every request that the proxy's filters, routes and overrides let through, and whether any of them shows nothing verified",
    attacked: 'calls without any credential',
  },
  {
    id: 'ingress-no-bypass',
    statement: "the node's ingress accepts connections from its own proxy alone",
    source: SERVER_SECURITY,
    fix: {
      aws: "bind Restate's ingress to loopback and admit the balancer alone to the task, on the proxy's port alone",
      google:
        "bind Restate's ingress to loopback, publish the proxy's ports alone, and admit the balancer's ranges, or behind a passthrough balancer the callers', to them by google_compute_firewall alone",
    },
    decided: "reads where the server's own ingress listens, and reckons who is let through to that port past the proxy",
    attacked:
      "connects to the server's ingress past the proxy from every place in the network and from the internet, and to the proxy past the balancer",
  },
  {
    id: 'token-signature-verified',
    statement: 'forged, unsigned, algorithm-confused and foreign-key tokens are refused',
    source: MEASURED_PROXY,
    fix: "verify against the issuer's own key set, each key with its `alg`",
    decided: 'reads which keys a token is verified by, and whether each says how it signs',
    attacked: 'shows forged, unsigned, foreign-key and algorithm-confused tokens',
  },
  {
    id: 'token-audience-bound',
    statement: 'a token for another audience, or none, is refused',
    source: MEASURED_PROXY,
    fix: 'name `audiences` in the jwt_authn provider',
    decided: 'reads for which audiences each provider of tokens takes them',
    attacked: 'shows a token for another audience, and one for none',
  },
  {
    id: 'token-issuer-bound',
    statement: "another issuer's token, or one that names none, is refused",
    source: MEASURED_PROXY,
    fix: 'name `issuer` in the jwt_authn provider',
    decided: 'reads which issuer each provider names, and whether others share its keys',
    attacked: 'shows a token of another issuer, and one of none',
  },
  {
    id: 'token-expiry-required',
    statement: 'expired, not yet valid, never expiring and over-long-lived tokens are refused',
    source: MEASURED_PROXY,
    fix: 'set `require_expiration` and `max_lifetime` in the jwt_authn provider',
    decided: 'reads how long a token may live, and how much is forgiven',
    attacked: 'shows expired, not yet valid, never expiring and over-long-lived tokens',
  },
  {
    id: 'token-header-only',
    statement: 'a token in the query, the body or a cookie is no credential',
    source: MEASURED_PROXY,
    fix: 'set `from_headers` in the jwt_authn provider to the Authorization header alone',
    decided: 'reads where a token is looked for',
    attacked: 'shows a good token in the query, the body and a cookie',
  },
  {
    id: 'jwks-over-verified-tls',
    statement: 'signing keys come over https from a server whose certificate and name are verified',
    source: MEASURED_PROXY,
    fix: "give the issuer's cluster a `trusted_ca` and its host name as subject alternative name, over TLS 1.2 or later",
    decided: 'reads from where keys are fetched, and by which authority and name that server is verified',
    attacked: 'puts a server with a foreign certificate in the place of the issuer',
  },
  {
    id: 'jwks-outage-fails-closed',
    statement: 'with the issuer down from the start nothing is admitted, and it recovers by itself',
    source: MEASURED_PROXY,
    fix: 'fetch the key set with `async_fetch`, retried until it comes, and no fallback',
    attacked: 'boots with the issuer down and shows a good token, then lets the issuer come back',
  },
  {
    id: 'key-withdrawal-honoured',
    statement: 'a token of a withdrawn key is refused within the stated time',
    source: MEASURED_PROXY,
    fix: 'keep `jwt_cache_config` unset and `cache_duration` at 300 s or below, and demand a token that a key of the set has signed',
    decided: 'reads how long fetched keys and verdicts about tokens are kept',
    attacked: 'shows a token of a key that the issuer has withdrawn',
  },
  {
    id: 'api-key-not-stored',
    statement: 'the deployment holds public or hashed material only, and keys are revocable',
    source: SERVER_SECURITY,
    fix: 'hold hashes of keys, or public keys, never keys',
    decided: 'reads the key sets that are stated, and whether a long-lived key without an id is refused',
    attacked: 'shows a revoked key, one without an id, one of another deployment, and what stands in the files',
  },
  {
    id: 'client-certificate-required',
    statement:
      'with mutual TLS, no, foreign, expired, revoked and wrong-purpose certificates are refused in the handshake',
    source: SERVER_SECURITY,
    fix: 'set `require_client_certificate` with a `trusted_ca`, names and a revocation list',
    decided: 'reads by which authority, names and revocation list the handshake verifies, and how long it counts',
    attacked: 'shakes hands with no, foreign, expired, revoked, wrong-purpose and wrong-name certificates',
  },
  {
    id: 'credentials-not-combined-loosely',
    statement: 'where several methods are allowed, a bad one beside a good one does not travel on',
    source: MEASURED_PROXY,
    fix: 'drop every credential header before the upstream, whichever matched',
    decided: 'works out whether a request with two credentials passes, and whether one of them travels on',
    attacked: 'shows a bad credential beside a good one, and several good ones',
  },
  {
    id: 'scope-per-handler',
    statement: 'a verified caller reaches only the handlers granted to it',
    source: MEASURED_PROXY,
    fix: 'authorise by allow-list and full path',
    decided: 'works out which handlers each scope or name opens, and whether any request passes without one',
    attacked: 'calls handlers that a good credential was not granted, by imitated paths, scopes and names, too',
  },
  {
    id: 'key-ownership',
    statement: "where asked, the object or workflow key must equal the caller's subject",
    source: MEASURED_SERVER,
    fix: 'compare the key with the subject in the proxy',
    attacked: 'no attack yet: where it is asked for, it is unproven',
  },
  {
    id: 'results-closed',
    statement: 'attach, output, lookup, awakeable and cancel routes are denied unless granted, by every path to them',
    source: MEASURED_SERVER,
    fix: 'route nothing below /restate/, by allow-list and full path',
    decided: "works out whether any path of the server's own endpoints passes",
    attacked: "asks for another call's result by every path that leads to one",
  },
  {
    id: 'private-service-closed',
    statement: 'a service for other services only is neither callable nor readable from outside',
    source: MEASURED_SERVER,
    fix: 'register it with ingressPrivate, and route nothing below /restate/',
    decided:
      "works out whether any path of the server's own endpoints passes, which ask nobody whether a service is private",
    attacked: 'calls a private service, and asks for its results',
  },
  {
    id: 'health-names-nothing',
    statement: 'the public health answer lists no service',
    source: MEASURED_SERVER,
    fix: "answer health in the proxy, never by Restate's /restate/health",
    decided:
      "reads who answers for health, and works out whether the server's own answer is reached without a credential",
    attacked: 'asks the health routes of the proxy and of the server',
  },
];
