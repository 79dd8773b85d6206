import type { Artifact } from '../../../artifact/artifact';
import { isAbove } from '../../../artifact/iam/holders';
import { accountKey, principalOf } from '../../../artifact/iam/principal';
import type { RestateDeployment } from '../../../artifact/role';
import { literal } from '../../../artifact/text';
import type { Finding } from '../../finding';

/** Roles by which lines are written to the logs of a project. */
const WRITING = /^roles\/(?:logging\.(?:logWriter|bucketWriter|admin)|owner|editor|admin|writer)$/;
const PERMISSION = 'logging.logEntries.create';

/** What containers say is written as the account of their machine, which has to be let. */
export function writerFinding({ grants = [] }: Artifact, { host }: RestateDeployment): readonly Finding[] {
  const account = host.instance?.account && accountKey(host.instance.account);
  if (account === undefined) return [];
  const writing = grants.find(
    ({ level, role, permissions = [], members }) =>
      isAbove(level) &&
      (WRITING.test(literal(role) ?? '') || permissions.includes(PERMISSION)) &&
      members.map(principalOf).some((principal) => principal.kind === 'account' && principal.key === account),
  );
  return [
    writing === undefined
      ? {
          verdict: 'unproven',
          subject: host.id,
          evidence: `no grant of this file lets ${account} write what containers of ${host.id} say to a log (roles/logging.logWriter)`,
        }
      : {
          verdict: 'holds',
          subject: host.id,
          evidence: `${account} may write lines, by ${writing.id}`,
          restsOn: [writing.id],
        },
  ];
}
