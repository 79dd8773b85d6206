import type { CatalogueClaim } from './catalogue-claim';
import { BENCHMARK, MEASURED_PROXY, SERVER_SECURITY } from './sources';

/** The way out of the node, and how it shows itself to services. */
export const OUTWARD_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'egress-closed',
    statement: 'the node reaches its registered services and needed cloud endpoints, nothing else',
    source: SERVER_SECURITY,
    fix: {
      aws: "name each peer and port in the outbound rules of the task's security group",
      google:
        "deny all on the way out by google_compute_firewall, and let the machine's account out to what it needs by rules of their own",
    },
    decided:
      'reads each rule for the way out of task and machine, and asks whether it names a service, an endpoint, or addresses from which keys are fetched',
    attacked: 'registers a public address, and connects to one from the task',
  },
  {
    id: 'metadata-unreachable',
    statement:
      'registration of a link-local address reaches nothing; where Google has to be asked for ID tokens, nothing else is had there',
    source: SERVER_SECURITY,
    fix: {
      aws: 'set ECS_AWSVPC_BLOCK_IMDS=true in /etc/ecs/ecs.config: security groups do not filter link-local addresses',
      google:
        "let the proxy alone reach 169.254.169.254 by the guest's own firewall, and lead the server there by a listener that admits the path of ID tokens alone",
    },
    decided:
      "reads what filters link-local traffic on the machine: the agent's setting, hops, and the guest's own firewall; groups never do",
    attacked: 'registers the metadata address and its names, and connects to it from the task',
  },
  {
    id: 'internal-endpoints-unreachable',
    statement: 'registration of another address in the network reaches nothing',
    source: SERVER_SECURITY,
    fix: {
      aws: "admit the services' security group and port alone in the outbound rules of the task",
      google: "let the machine's account out to the range and port of the services alone, by google_compute_firewall",
    },
    decided:
      "takes the network's own addresses, endpoints, balancers and machines, and reckons which of them the task's way out reaches",
    attacked: 'registers a neighbour in the network, and connects to one from the task',
  },
  {
    id: 'registration-by-deployers-only',
    statement: 'only deployers can register deployments',
    source: SERVER_SECURITY,
    fix: {
      aws: 'set RESTATE_ADMIN__LISTEN_MODE to unix, admit nobody to the admin port in any security group, and give POST /deployments at an admin door to deployers alone',
      google:
        'set RESTATE_ADMIN__LISTEN_MODE to unix, publish no port of the server, and give POST /deployments at an admin door to deployers alone',
    },
    decided: 'reckons who gets to the admin API, and that callers and operators are not the same',
    attacked: 'registers a deployment from every place and as every other role',
  },
  {
    id: 'services-egress-bounded',
    statement: "a service's own way out is what it was given",
    source: BENCHMARK,
    fix: {
      aws: "name each peer and port in the outbound rules of the service's security group",
      google: 'give the service a way out into a network whose firewall names each range and port that it may call',
    },
    decided: 'reads the rules for the way out of each group that the server calls',
  },
  {
    id: 'requests-signed',
    statement: 'every call and discovery is signed, with a key that is current for the version',
    source: SERVER_SECURITY,
    fix: 'set RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE',
    decided: 'reads the key that the server signs with, how long a signature lives, and the version that reads it',
    attacked: 'has the server call a real service, and verifies the signature of call and discovery',
  },
  {
    id: 'service-verifies-identity',
    statement: 'an unsigned, foreign-signed, replayed or expired request to a service gets 401',
    source: SERVER_SECURITY,
    fix: {
      aws: "give every service the public key, and admit the server's task alone to its port",
      google:
        'give every service the public key, and let the account that Restate calls as alone invoke it, or the machine alone in to its port',
    },
    decided: 'reads which public keys services of Cloud Run are told to demand a signature by',
    attacked: 'calls a real service unsigned, with a foreign signature, and with a replayed and an expired one',
  },
  {
    id: 'identity-key-by-reference',
    statement: 'the private key is in no template, process environment, disk, log or output',
    source: SERVER_SECURITY,
    fix: {
      aws: 'take the key from a secret store, write it to tmpfs under umask 077, and unset the variable before the server starts',
      google:
        'fetch the key from Secret Manager at start, write it to tmpfs with mode 0400, and mount it into the server alone',
    },
    decided:
      'follows the key from its secret through a recognised entry script or machine start into memory, and looks who else has it',
    attacked: 'searches arguments, environments and disks of the booted task for the private key',
  },
  {
    id: 'lambda-role-narrow',
    statement: "Restate may assume one role a service, and only Restate's principal with its external id may assume it",
    source: BENCHMARK,
    fix: "let the role be assumed by the one role of Restate with sts:ExternalId, and allow it lambda:InvokeFunction on the function's versions alone",
    decided: 'looks at what the role of the server may invoke and assume, and who else may assume the same',
  },
  {
    id: 'tls-outside',
    statement: 'TLS 1.2 or later on every listener that leaves the task',
    source: BENCHMARK,
    fix: {
      aws: "set tls_minimum_protocol_version TLSv1_2 in the proxy and a modern SslPolicy on the balancer's TLS listener",
      google:
        "set tls_minimum_protocol_version TLSv1_2 in the proxy and a google_compute_ssl_policy of TLS 1.2 or later on the balancer's target proxy",
    },
    decided: 'reads the versions and suites of TLS at every listener of the proxy and at the balancers before it',
    attacked: 'shakes hands with old versions of TLS, and speaks plaintext',
  },
  {
    id: 'upstream-verified',
    statement: 'the proxy verifies chain and name of every TLS upstream',
    source: MEASURED_PROXY,
    fix: 'give each TLS cluster a `trusted_ca` and the name as subject alternative name',
    decided: 'reads by which authority and name each server behind the proxy is verified',
    attacked: 'puts a server with a good certificate for another name in the place of an upstream',
  },
  {
    id: 'journal-encrypted',
    statement: 'where the codec is used, payloads and state are ciphertext in the journal and on disk',
    source: SERVER_SECURITY,
    fix: 'use the journal value codec in services and clients',
    attacked: 'no attack: encryption of payloads is chosen in the code of services, which no file here holds',
  },
  {
    id: 'secrets-by-reference',
    statement: 'no secret value stands in any argument, environment, disk or file that others can read',
    source: BENCHMARK,
    fix: 'keep secrets in files on tmpfs, mode 0600, of the one user that needs them',
    decided:
      'looks through every text of the file for secrets, by name, shape and randomness, and where those that are named end up',
    attacked: 'searches arguments, environments and disks of the booted task for the secrets that were put in',
  },
];
