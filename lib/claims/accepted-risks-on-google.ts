import type { AcceptedRisk } from '../artifact/artifact';
import type { FirewallRule } from '../artifact/firewall-rule';
import { type ClaimSubject, mentions } from './claim-subject';
import { judgedInstance, rulesOn } from '../artifact/bearing-rules';

/** Where Google's APIs answer inside a network. @see https://cloud.google.com/vpc/docs/configure-private-google-access */
const PRIVATE_ACCESS = ['199.36.153.4/30', '199.36.153.8/30'];

/** Ids of the rules that let a machine of Google call any public address by https, for a key set that it has to fetch. */
export function publicHttpsRules(about: ClaimSubject): readonly string[] {
  if (!mentions(about.host, /remote_jwks/)) return [];
  return allowedOut(about)
    .filter(({ flows, ranges }) => flows.every(isHttps) && ranges.some((range) => /\/([0-9]|1[0-5])$/.test(range)))
    .map(({ id }) => id);
}

/** Risks of a machine of Google that follow from how that cloud and the engine work. */
export function risksOfInstance(about: ClaimSubject): readonly AcceptedRisk[] {
  const { host } = about;
  if (host.instance === undefined) return [];
  return [
    {
      claim: 'fabric-cluster-only',
      subject: host.id,
      reason:
        "ingress and fabric are plaintext on loopback: the machine's other containers of the same network can reach both, and the server's own registrations too",
    },
    {
      claim: 'egress-closed',
      subject: host.id,
      reason:
        'the firewall of a VPC network does not filter the resolver at the metadata address: data can leave in names that are looked up, unless a response policy is added',
    },
    ...(mentions(host, /GCE_METADATA_HOST=/) ? [identity(host.id)] : []),
    ...allowedOut(about)
      .filter(({ ranges }) => ranges.some((range) => PRIVATE_ACCESS.includes(range)))
      .map(({ id }) => everyApi(id)),
  ];
}

/** The template of a machine is its task, too, and may name another risk of the same claim: this one is there whatever it names. */
export function shellOfInstance({ host }: ClaimSubject): readonly AcceptedRisk[] {
  if (host.instance === undefined) return [];
  return [
    {
      claim: 'admin-closed',
      subject: host.id,
      reason:
        'whoever Google lets open a shell on the machine as root, or change what it starts with, is an operator: that is break-glass, guarded by the rights on that machine alone',
    },
  ];
}

function identity(subject: string): AcceptedRisk {
  return {
    claim: 'metadata-unreachable',
    subject,
    reason:
      "the server has ID tokens made in the name of its machine's account, for whatever audience it asks for: that account must hold no right that Restate may not use",
  };
}

function everyApi(subject: string): AcceptedRisk {
  return {
    claim: 'egress-closed',
    subject,
    reason:
      "Google's APIs, and with them services and buckets of other people's projects, answer at the addresses of private access: VPC Service Controls tell them apart, a firewall cannot",
  };
}

function allowedOut({ artifact, host }: ClaimSubject): readonly FirewallRule[] {
  if (host.instance === undefined) return [];
  return rulesOn(judgedInstance(host.instance), 'out', artifact.firewall ?? [])
    .map(({ rule }) => rule)
    .filter(({ action }) => action === 'allow');
}

function isHttps({ protocol, ports }: FirewallRule['flows'][number]): boolean {
  return protocol === 'tcp' && ports.length > 0 && ports.every(({ from, to }) => from === 443 && to === 443);
}
