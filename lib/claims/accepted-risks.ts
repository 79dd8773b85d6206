import type { AcceptedRisk, GroupRule } from '../artifact/artifact';
import { type ClaimSubject, mentions } from './claim-subject';
import { publicHttpsRules, risksOfInstance, shellOfInstance } from './accepted-risks-on-google';

/**
 * The risks of a deployment that nothing in it closes, each with the reason: those that the template names as accepted, and those that
 * follow from how the cloud and the engine work, whoever wrote the template. They are shown beside the verdict of their claim and never
 * change it.
 */
export function acceptedRisks(about: ClaimSubject): readonly AcceptedRisk[] {
  const derived = [
    ...hostShell(about),
    ...taskShell(about),
    ...unverifiedProxy(about),
    ...publicHttps(about),
    ...keyInEnvironment(about),
    ...(about.host.instance === undefined ? ofTask(about) : risksOfInstance(about)),
  ];
  const named = about.artifact.accepted ?? [];
  const isNamed = (risk: AcceptedRisk): boolean =>
    named.some(({ claim, subject }) => claim === risk.claim && subject === risk.subject);
  return [...named, ...shellOfInstance(about), ...derived.filter((risk) => !isNamed(risk))];
}

/** Ids of the groups or rules that let the server's host call any public address by https, for a key set that it has to fetch. */
export function publicHttpsGroups(about: ClaimSubject): readonly string[] {
  const { artifact, host } = about;
  if (host.instance !== undefined) return publicHttpsRules(about);
  if (!mentions(host, /remote_jwks/)) return [];
  return artifact.groups
    .filter(({ id, rules }) => host.groups.includes(id) && rules.some(isPublicHttps))
    .map(({ id }) => id);
}

/** Wide ranges: the whole internet, or the pieces that are left of it without the private ranges. */
function isPublicHttps({ direction, protocol, fromPort, toPort, peer }: GroupRule): boolean {
  const https = direction === 'out' && protocol === 'tcp' && fromPort === 443 && toPort === 443;
  return https && peer.kind === 'cidr' && /\/([0-9]|1[0-5])$/.test(peer.cidr);
}

function publicHttps(about: ClaimSubject): readonly AcceptedRisk[] {
  return publicHttpsGroups(about).map((subject) => ({
    claim: 'egress-closed',
    subject,
    reason:
      'any address on port 443 can be called, because the issuer of a remote key set has no fixed one; an inline key set closes it',
  }));
}

function keyInEnvironment({ host }: ClaimSubject): readonly AcceptedRisk[] {
  if (!mentions(host, /"?private_key"?:\s*\{\s*"?environment_variable/)) return [];
  return [
    {
      claim: 'secrets-by-reference',
      subject: host.id,
      reason:
        'the private key of the proxy stays in its environment, from where it reads it: the processes of its own container can read it, and root on the host',
    },
  ];
}

function hostShell({ host }: ClaimSubject): readonly AcceptedRisk[] {
  if (host.machine === undefined) return [];
  return [
    {
      claim: 'admin-closed',
      subject: host.machine.id,
      reason:
        'whoever may open a shell on the host as root is an operator: that is break-glass, guarded by the rights on that host alone',
    },
  ];
}

function taskShell({ host: { shellBy } }: ClaimSubject): readonly AcceptedRisk[] {
  if (shellBy === undefined) return [];
  return [
    {
      claim: 'admin-closed',
      subject: shellBy,
      reason:
        'ECS Exec is on: whoever the account grants ecs:ExecuteCommand has a shell in the task, beside the admin API; EnableExecuteCommand false closes it',
    },
  ];
}

function unverifiedProxy({ artifact, host }: ClaimSubject): readonly AcceptedRisk[] {
  const targets = artifact.balancers
    .flatMap((balancer) => balancer.listeners.flatMap((listener) => listener.targets))
    .filter((target) => target.host === host.id && (target.protocol === 'TLS' || target.protocol === 'HTTPS'));
  return [...new Set(targets.map((target) => target.group))].map((subject) => ({
    claim: 'tls-outside',
    subject,
    reason:
      'the balancer encrypts to the proxy but verifies no certificate of its targets, so the hop between them is not authenticated',
  }));
}

function ofTask({ host }: ClaimSubject): readonly AcceptedRisk[] {
  return [
    {
      claim: 'fabric-cluster-only',
      subject: host.id,
      reason:
        "ingress and fabric are plaintext on loopback: the task's own containers can reach both, and the server's own registrations too",
    },
    {
      claim: 'egress-closed',
      subject: host.id,
      reason:
        "security groups do not filter the VPC's resolver: data can leave in names that are looked up, unless a DNS firewall is added",
    },
    {
      claim: 'metadata-unreachable',
      subject: host.id,
      reason:
        'the ECS agent answers every container of a task at 169.254.170.2: the task role must hold no right that Restate may not use',
    },
  ];
}
