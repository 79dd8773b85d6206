import type { AccessPolicy } from '../../artifact/access-policy';
import type { BalancerSettings } from '../../artifact/balancer-settings';
import type { EncryptionKey } from '../../artifact/encryption-key';
import type { RestateDeployment } from '../../artifact/role';
import type { Store } from '../../artifact/store';
import { references, type Text } from '../../artifact/text';
import type { TrafficLog } from '../../artifact/traffic-log';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { certainlyMay } from '../identity/access';
import { bucketArn, ownArn } from '../identity/own-arn';
import { covers, spell } from '../identity/text-pattern';
import { relatedTo } from '../stores/related';
import { storeClaim } from '../stores/store-claim';
import { doorsOf } from './access-log';

/** An incident is found after months more often than after days. */
const LEAST_DAYS = 90;
/** A line of the proxy that waits for room is a call that waits. */
const DELIVERY = 'delivery.logs.amazonaws.com';
const OLD_DELIVERY = 'logdelivery.elasticloadbalancing.amazonaws.com';

/** Who spoke with what is written down: connections, what balancers forwarded, what the doors of the proxy answered; and kept. */
export const AUDIT_TRAIL_PRESENT: CheckedClaim = storeClaim('audit-trail-present', (deployment) => {
  const { artifact, server } = deployment;
  if (server === undefined) return [];
  const subject = server.host.id;
  if (artifact.trafficLogs === undefined) {
    return [{ verdict: 'unproven', subject, evidence: 'logs of connections are not read from this file' }];
  }
  return [
    ...trafficFindings(deployment, server),
    ...balancerFindings(deployment, server),
    ...containerFindings(deployment, server),
    ...doorFindings(server),
  ];
});

/** Every subnet in which the task or its machine stands, by itself or with its whole network. */
function trafficFindings({ artifact }: CheckedDeployment, { host }: RestateDeployment): readonly Finding[] {
  const { trafficLogs = [], network } = artifact;
  const ids = [host.id, host.id.split('/')[0], host.machine?.id];
  const stands = (network?.interfaces ?? []).filter(({ id }) => ids.includes(id)).flatMap(({ subnets }) => subnets);
  const subnets = [...new Set(stands)];
  if (subnets.length === 0 || subnets.includes('unknown')) {
    return [
      {
        verdict: 'unproven',
        subject: host.id,
        evidence: `in which subnets ${host.id} stands is not known from the file`,
      },
    ];
  }
  return subnets.map((subnet): Finding => {
    const vpc = network?.subnets.find(({ id }) => id === subnet)?.vpc;
    const watching = trafficLogs.filter(({ of }) =>
      of.some((text) => references(text).some(({ logicalId }) => logicalId === subnet || logicalId === vpc)),
    );
    const [log] = watching.filter(({ traffic }) => traffic === 'all');
    if (log !== undefined) return trafficLogFinding(log, subnet, artifact);
    const [other] = watching;
    return other === undefined
      ? { verdict: 'broken', subject: subnet, evidence: `no flow log watches ${subnet}, where ${host.id} stands` }
      : {
          verdict: 'broken',
          subject: other.id,
          evidence: `${other.id} writes down ${other.traffic} connections of ${subnet} alone`,
        };
  });
}

function trafficLogFinding(
  { id, to, by }: TrafficLog,
  subnet: string,
  { stores = [], identities = [], keys = [] }: CheckedDeployment['artifact'],
): Finding {
  const restsOn = [id, ...(to === undefined ? [] : references(to).map(({ logicalId }) => logicalId))];
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({
    verdict,
    subject: id,
    evidence: `${id} ${evidence}`,
    restsOn,
  });
  const kept = storeAt(to, stores);
  if (kept === undefined)
    return of(
      'unproven',
      `writes to ${to === undefined ? 'nothing that is said' : spell(to)}, which is not in this file`,
    );
  const fault = keepingFault(kept, keys);
  if (fault !== undefined) return of('broken', `writes to ${fault}`);
  if (kept.kind === 'log') {
    const role = identities.find(
      (each) => by !== undefined && references(by).some(({ logicalId }) => logicalId === each.id),
    );
    if (role === undefined) return of('unproven', 'writes by a role that is not in this file');
    const streams = ownArn('logs', 'log-group:', { logicalId: kept.id }, ':*');
    const missing = ['logs:CreateLogStream', 'logs:PutLogEvents'].filter(
      (action) => !certainlyMay(role, { action, on: streams }),
    );
    if (missing.length > 0)
      return of('broken', `writes nothing: ${role.id} may not do ${missing.join(', ')} on ${kept.id}`);
  }
  return of(
    'holds',
    `writes every connection of ${subnet} to ${kept.id}, which keeps it ${String(kept.retentionDays)} days`,
  );
}

/** The store of the file that a text names. */
function storeAt(named: Text | undefined, stores: readonly Store[]): Store | undefined {
  const ids = named === undefined ? [] : references(named).map(({ logicalId }) => logicalId);
  return stores.find(({ id, kind }) => ids.includes(id) && (kind === 'log' || kind === 'bucket'));
}

/** Services use a key by the key's own policy alone. */
function isUsable({ statements }: AccessPolicy, kind: Store['kind']): boolean {
  const service = kind === 'log' ? /^logs\./ : /^(?:delivery\.logs|logdelivery\.elasticloadbalancing)\./;
  return ['kms:Decrypt', 'kms:GenerateDataKey'].every((wanted) =>
    statements.some(
      ({ effect, actions, principals }) =>
        effect === 'allow' &&
        (principals?.who ?? []).some((who) => who.kind === 'service' && service.test(spell(who.name))) &&
        actions.patterns.some((action) => covers(action, [wanted])),
    ),
  );
}

/** Why what is written there is not kept as it should be. */
function keepingFault(
  { id, kind, retentionDays, encryption, fate }: Store,
  keys: readonly EncryptionKey[],
): string | undefined {
  const key = keys.find((each) => encryption.kind === 'own-key' && each.id === encryption.of);
  if (key?.policy !== undefined && !isUsable(key.policy, kind)) {
    return `${id}, whose key ${key.id} the service that writes there may not use`;
  }
  if (retentionDays === 'forever') return `${id}, which keeps it for ever: no time is stated`;
  if (retentionDays === 'unknown' || retentionDays === undefined)
    return `${id}, of which it is not known how long it keeps it`;
  if (retentionDays < LEAST_DAYS) return `${id}, which keeps it ${retentionDays} days, less than ${LEAST_DAYS}`;
  if (encryption.kind === 'none') return `${id}, which is not encrypted`;
  return fate.onDelete === 'deleted' ? `${id}, which is deleted with the stack` : undefined;
}

function balancerFindings({ artifact }: CheckedDeployment, { host }: RestateDeployment): readonly Finding[] {
  const ways = artifact.balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) => targets.some((target) => target.host === host.id)),
  );
  return ways.map(({ id }): Finding => {
    const settings = artifact.balancerSettings?.find((each) => each.id === id);
    return settings === undefined
      ? { verdict: 'unproven', subject: id, evidence: `what ${id} writes down is not read` }
      : balancerFinding(settings, artifact);
  });
}

function balancerFinding(
  { id, accessLog, hidesCaller, unmodelled }: BalancerSettings,
  { stores = [], keys = [] }: CheckedDeployment['artifact'],
): Finding {
  const of = (verdict: Finding['verdict'], evidence: string, ...restsOn: readonly string[]): Finding => ({
    verdict,
    subject: id,
    evidence: `${id} ${evidence}`,
    restsOn,
  });
  if (accessLog === 'off') return of('broken', 'writes no access log');
  if (hidesCaller.length > 0)
    return of(
      'broken',
      `shows its own address in the place of the caller's to ${hidesCaller.join(', ')} (preserve_client_ip.enabled)`,
    );
  const bucket = accessLog === 'unknown' ? undefined : storeAt(accessLog, stores);
  if (bucket === undefined || accessLog === 'unknown')
    return of('unproven', 'writes its access log to a bucket that is not in this file');
  const fault = keepingFault(bucket, keys);
  if (fault !== undefined) return of('broken', `writes its access log to ${fault}`);
  if (!(bucket.policies ?? []).some((policy) => delivers(policy, bucket.id) && shows(policy, bucket.id))) {
    return of('broken', `writes no access log: nothing lets ${DELIVERY} put objects into ${bucket.id}`);
  }
  if (unmodelled.length > 0) return of('unproven', `has settings that are not understood: ${unmodelled.join(', ')}`);
  return of(
    'holds',
    `writes its access log to ${bucket.id}, which keeps it ${String(bucket.retentionDays)} days`,
    bucket.id,
    ...(bucket.policies ?? []).map((policy) => policy.id),
  );
}

/** Whether the service that delivers access logs may put them where they belong. */
function delivers({ statements }: AccessPolicy, bucket: string): boolean {
  return statements.some(
    ({ effect, actions, resources, principals }) =>
      effect === 'allow' &&
      principals?.not === false &&
      principals.who.some(({ kind, name }) => kind === 'service' && [DELIVERY, OLD_DELIVERY].includes(spell(name))) &&
      actions.patterns.some((action) => spell(action) === 's3:PutObject') &&
      resources.patterns.some(
        (pattern) =>
          covers(pattern, [...bucketArn(bucket), '/AWSLogs/', { logicalId: 'AWS::AccountId' }, '/x']) ||
          covers(pattern, [...bucketArn(bucket), '/x/AWSLogs/', { logicalId: 'AWS::AccountId' }, '/x']),
      ),
  );
}

/** Delivery looks whose the bucket is before it writes. */
function shows({ statements }: AccessPolicy, bucket: string): boolean {
  return statements.some(
    ({ effect, actions, resources, principals }) =>
      effect === 'allow' &&
      (principals?.who ?? []).some(({ name }) => [DELIVERY, OLD_DELIVERY].includes(spell(name))) &&
      actions.patterns.some((action) => spell(action) === 's3:GetBucketAcl') &&
      resources.patterns.some((pattern) => covers(pattern, bucketArn(bucket))),
  );
}

/** What the containers say goes to a log that is kept. */
function containerFindings(deployment: CheckedDeployment, { host }: RestateDeployment): readonly Finding[] {
  if (host.instance !== undefined) return [];
  const { stores = [], keys = [] } = deployment.artifact;
  const related = relatedTo(deployment);
  const findings = host.containers.map(({ name, logDriver, logOptions }): Finding => {
    const subject = `${host.id}/${name}`;
    const log = storeAt(logOptions?.['awslogs-group'], stores);
    if (logDriver === undefined)
      return { verdict: 'broken', subject, evidence: `container ${name} keeps no log: it has no LogConfiguration` };
    if (logDriver !== 'awslogs' || log === undefined) {
      return {
        verdict: 'unproven',
        subject,
        evidence: `container ${name} logs by ${logDriver} to what is not in this file`,
      };
    }
    const fault = keepingFault(log, keys);
    return fault === undefined
      ? { verdict: 'holds', subject, evidence: `container ${name} logs to ${log.id}`, restsOn: [log.id] }
      : { verdict: 'broken', subject, evidence: `container ${name} logs to ${fault}` };
  });
  return related.size > 0 ? findings : [];
}

/** Each door of the proxy writes a line of every request. */
export function doorFindings(server: RestateDeployment): readonly Finding[] {
  if (server.envoy === undefined) {
    return [
      {
        verdict: 'broken',
        subject: server.host.id,
        evidence: 'nothing before the server writes down who called: there is no proxy',
      },
    ];
  }
  const doors = doorsOf(server);
  if (doors === undefined) {
    return [
      { verdict: 'unproven', subject: server.host.id, evidence: 'the configuration of the proxy is not in this file' },
    ];
  }
  return doors.map(({ name, kind, line, filtered }): Finding => {
    const subject = `${server.host.id}/${server.envoy?.name ?? ''}`;
    if (line === undefined)
      return { verdict: 'broken', subject, evidence: `the listener ${name} of the proxy writes no line of a request` };
    if (filtered)
      return {
        verdict: 'unproven',
        subject,
        evidence: `the listener ${name} of the proxy leaves lines out by a filter`,
      };
    return {
      verdict: 'holds',
      subject,
      evidence: `the listener ${name} of the proxy writes a line of every ${kind === 'handshake' ? 'broken handshake' : 'request'}`,
    };
  });
}
