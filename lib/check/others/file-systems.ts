import type { AccessStatement } from '../../artifact/access-policy';
import type { Store } from '../../artifact/store';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { storesOf } from '../stores/related';

/** Keys by which a statement is about somebody, although it names everybody. */
const ABOUT_SOMEBODY =
  /^(?:aws:Principal(?:Arn|Account|OrgID|OrgPaths|Tag\/.+)|aws:SourceVpce|elasticfilesystem:AccessPointArn)$/i;
const TRANSPORT = /^aws:SecureTransport$/i;

/** Whether file systems that a deployment keeps its data on are carried encrypted, and mounted by the deployment alone. */
export const FILE_SYSTEM_CLAIMS: readonly CheckedClaim[] = [
  { id: 'disks-encrypted-own-key', isBeside: true, decide: (deployment) => orNothing(deployment, carried(deployment)) },
  { id: 'buckets-private', isBeside: true, decide: (deployment) => orNothing(deployment, admitted(deployment)) },
];

function orNothing({ artifact, server }: CheckedDeployment, found: readonly Finding[]): readonly Finding[] {
  const subject = server?.host.id ?? artifact.name;
  return found.length > 0
    ? found
    : [{ verdict: 'not-applicable', subject, evidence: 'the deployment uses no file system of the network' }];
}

/** Each volume of the server's host that is on a file system. */
function carried({ server }: CheckedDeployment): readonly Finding[] {
  return (server?.host.volumes ?? []).flatMap(({ name, fileSystem }): readonly Finding[] => {
    if (fileSystem === undefined || server === undefined) return [];
    const { encryptedOnTheWay: isEncrypted } = fileSystem;
    const said =
      isEncrypted === true
        ? `volume ${name} is mounted over TLS`
        : isEncrypted === false
          ? `volume ${name} is mounted without TransitEncryption: the journal crosses the network in the clear`
          : `whether volume ${name} is mounted over TLS is not known`;
    const verdict = isEncrypted === true ? 'holds' : isEncrypted === false ? 'broken' : 'unproven';
    return [{ verdict, subject: server.host.id, evidence: said }];
  });
}

function admitted(deployment: CheckedDeployment): readonly Finding[] {
  const volumes = deployment.server?.host.volumes ?? [];
  const mounted = storesOf(deployment).filter(({ kind }) => kind === 'file-system');
  return mounted.map((store) => {
    const by = volumes.find(({ fileSystem }) => fileSystem?.id === store.id);
    const faults = faultsOf(store, by?.fileSystem?.showsIdentity ?? 'unknown');
    return {
      verdict: faults.length === 0 ? 'holds' : 'broken',
      subject: store.id,
      evidence: `file system ${store.id} ${faults.length === 0 ? 'is mounted by those alone whom its policy names' : faults.join('; ')}`,
      ...(store.policies !== undefined && { restsOn: store.policies.map(({ id }) => id) }),
    };
  });
}

function faultsOf({ policies = [] }: Store, showsIdentity: boolean | 'unknown'): readonly string[] {
  const statements = policies.flatMap((policy) => policy.statements);
  const isClear = !statements.some(
    ({ effect, conditions }) => effect === 'deny' && conditions.some(({ key }) => TRANSPORT.test(key)),
  );
  return [
    ...(policies.length === 0 ? ['has no policy: whoever reaches a mount target mounts it as root'] : []),
    ...statements
      .filter(admitsEverybody)
      .map(({ actions }) => `lets everybody who reaches a mount target do ${spell(actions.patterns)}`),
    ...(policies.length > 0 && isClear ? ['refuses nobody who comes without TLS'] : []),
    ...(showsIdentity === true ? [] : ['is mounted without an identity (AuthorizationConfig)']),
  ];
}

function admitsEverybody({ effect, principals, conditions, unread }: AccessStatement): boolean {
  if (effect !== 'allow') return false;
  const isAnyone = principals === undefined || principals.not || principals.who.some(({ kind }) => kind === 'anyone');
  return unread !== undefined || (isAnyone && !conditions.some(({ key }) => ABOUT_SOMEBODY.test(key)));
}

function spell(patterns: AccessStatement['actions']['patterns']): string {
  return patterns.map((text) => text.map((part) => (typeof part === 'string' ? part : '?')).join('')).join(', ');
}
