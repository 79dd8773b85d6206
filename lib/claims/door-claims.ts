import type { CatalogueClaim } from './catalogue-claim';
import { MEASURED_SERVER, SERVER_SECURITY } from './sources';

/** The listeners that are for operators and nodes. */
export const DOOR_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'admin-closed',
    statement: 'the admin listener is reachable by named operators alone, over IPv4 and IPv6',
    source: SERVER_SECURITY,
    fix: {
      aws: "set RESTATE_ADMIN__LISTEN_MODE to unix, and admit nobody to the admin port in any security group; where operators need a door, admit them alone to a balancer of their own before the proxy's listener for it (AdminAccess.fromPeers)",
      google:
        "set RESTATE_ADMIN__LISTEN_MODE to unix, publish no port of the server, and admit nobody but operators to the proxy's listener for them by google_compute_firewall (AdminAccess.fromPeers, or fromIapTunnel for principals that are named)",
    },
    decided:
      'reckons every address, group and balancer listener that is let through to a port behind which the admin API answers, raw or by the proxy, and asks of each whether it is a named network or workload',
    attacked: 'connects to the admin port from every place, the task itself included',
  },
  {
    id: 'admin-authenticated',
    statement:
      "where the proxy's admin door is used: roles as allow-lists, unknown paths denied, an audit line for each call",
    source: MEASURED_SERVER,
    fix: "give the proxy's listener for operators an audience of its own, a policy for each role that names method and whole path of what it may ask for, and an access log with who, what and status (AdminAccess.fromPeers)",
    decided:
      "works out every request that the operators' door lets through, and compares it with what its role may ask for at most",
    attacked:
      "asks the operators' door without a token, with one of the other door, for operations of other roles and of nobody, and reads its log",
  },
  {
    id: 'admin-not-through-ingress',
    statement: 'no path at the ingress reaches the admin API',
    source: SERVER_SECURITY,
    fix: "route to Restate's ingress alone",
    decided: "follows every route from the callers' doors to where the server listens",
    attacked: 'asks the ingress for the paths of the admin API',
  },
  {
    id: 'admin-ui-closed',
    statement: 'the web UI is off or behind the same door',
    source: MEASURED_SERVER,
    fix: 'set RESTATE_ADMIN__DISABLE_WEB_UI to true, and let no role of an admin door ask for its paths',
    decided: 'reads whether the server is told to serve no web UI',
    attacked: "asks the server and the operators' door for the web UI",
  },
  {
    id: 'fabric-cluster-only',
    statement: 'the fabric port is reachable from nodes alone, and by no load balancer',
    source: SERVER_SECURITY,
    fix: {
      aws: 'bind the fabric to loopback on a single node, and admit nobody to its port in any security group',
      google:
        'bind the fabric to loopback on a single node, and neither publish its port nor admit anybody to it by google_compute_firewall',
    },
    decided:
      'reads where the fabric listens, and reckons who is let through to that port, straight and over every balancer',
    attacked: 'connects to the fabric port from every place',
  },
  {
    id: 'fabric-mutual-tls',
    statement: "a process without the cluster's certificate neither joins nor reads",
    source: MEASURED_SERVER,
    fix: 'set RESTATE_TLS__MODE to require, with client authentication and subject names',
    decided: 'reads where the fabric listens, and whether it demands certificates of named members there',
    attacked: 'no attack yet: where the fabric leaves loopback, it is unproven',
  },
  {
    id: 'metrics-closed',
    statement: 'metrics and heap profiles are readable by the scraper alone',
    source: MEASURED_SERVER,
    fix: {
      aws: 'keep the fabric port, which serves them, on loopback and out of every security group',
      google:
        'keep the fabric port, which serves them, on loopback, unpublished and out of every google_compute_firewall',
    },
    decided:
      'reads where metrics are answered, and reckons who is let through to that port, straight and over every balancer',
    attacked: 'asks for metrics and heap profiles from every place',
  },
  {
    id: 'bind-narrow',
    statement: 'the server listens only where a rule admits someone, in both address families',
    source: SERVER_SECURITY,
    fix: 'set the bind address of each listener to loopback, or its listen mode to unix',
    decided:
      'reads every address on which server and proxy listen, and reckons for each whether a rule admits somebody there, in its family',
    attacked: 'lists the sockets that the booted server listens on, in both address families',
  },
  {
    id: 'config-honoured',
    statement: 'every configuration key that is set is read back from the server itself',
    source: MEASURED_SERVER,
    fix: 'correct the name of the variable: the server ignores unknown ones without a word',
    decided: 'compares every key that is set with those that were read back from the measured release',
    attacked: 'reads every setting back from the booted server',
  },
];
