import type { Artifact } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import { references } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { broken } from '../server/wrong';
import { type Latent, latentClaim } from './latent-claim';

/** Behind this the script of a machine has the group to which it reports. */
const REPORTS_TO = /(?:^|\n)LOG_GROUP=$/;

/** What is written where no filter counts it: another alarm stands for it only as long as it watches the same lines. */
export const OPERATION_WORDS: readonly CheckedClaim[] = [
  latentClaim('alarms-present', (server, { artifact }) => [
    ...ofContainers(server, artifact),
    ...ofMachine(server, artifact),
  ]),
];

function ofContainers({ restate, envoy }: RestateDeployment, artifact: Artifact): readonly Latent[] {
  const read = groupsRead(artifact);
  return [restate, ...(envoy === undefined ? [] : [envoy])].flatMap(({ name, logOptions }) => {
    const group = references(logOptions?.['awslogs-group'] ?? []).map(({ logicalId }) => logicalId)[0];
    return read.size === 0 || group === undefined || read.has(group)
      ? []
      : [broken(`container ${name} writes to ${group}, whose lines no filter counts`)];
  });
}

function ofMachine({ host: { machine } }: RestateDeployment, artifact: Artifact): readonly Latent[] {
  const read = groupsRead(artifact);
  const words = machine?.userData ?? [];
  return words.flatMap((word, index) => {
    const before = words[index - 1];
    const isGroup = typeof word === 'object' && typeof before === 'string' && REPORTS_TO.test(before);
    return isGroup && read.size > 0 && !read.has(word.logicalId)
      ? [
          {
            ...broken(`the machine reports to ${word.logicalId}, whose lines no filter counts`),
            subject: machine?.id ?? '',
          },
        ]
      : [];
  });
}

function groupsRead({ logMetrics = [] }: Artifact): ReadonlySet<string> {
  return new Set(logMetrics.flatMap(({ log }) => references(log ?? []).map(({ logicalId }) => logicalId)));
}
