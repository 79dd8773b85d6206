import { isAbove, keyOf } from '../../../artifact/iam/holders';
import { directImpersonators } from '../../../artifact/iam/invokers';
import { type Principal, principalOf, spell } from '../../../artifact/iam/principal';
import type { IamGrant } from '../../../artifact/iam-grant';
import { literal } from '../../../artifact/text';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { identitiesOf } from './identities';

/** Roles by which somebody rules over machines, disks, rules, names or logs, the deployment's among them. */
const RULING =
  /^roles\/(?:compute\.(?:admin|instanceAdmin(?:\.v1)?|securityAdmin|networkAdmin|storageAdmin|loadBalancerAdmin|orgSecurityPolicyAdmin|osAdminLogin|osLogin)|dns\.admin|iap\.(?:admin|settingsAdmin)|logging\.(?:admin|configWriter)|monitoring\.(?:admin|editor|alertPolicyEditor)|osconfig\.\w*[aA]dmin\w*|cloudkms\.admin|artifactregistry\.(?:admin|repoAdmin|writer))$/;
/** Permissions of custom roles that amount to that. */
const RULES =
  /^(?:compute\.(?:instances\.(?:setMetadata|setServiceAccount|update|osAdminLogin|osLogin|attachDisk|getSerialPortOutput)|disks\.(?:createSnapshot|use|useReadOnly)|firewalls\.(?:create|update|delete)|instanceTemplates\.create|instanceGroupManagers\.update|projects\.setCommonInstanceMetadata)|dns\.(?:resourceRecordSets|managedZones)\.(?:create|update)|logging\.(?:sinks|exclusions)\.(?:create|update|delete))$/;
/** Reading images, which are no secret. */
const READS_IMAGES = 'roles/artifactregistry.reader';
/** Accounts of Google's own, which run what a project has switched on. */
const OF_GOOGLE = /^(?:service-\d+@[\w-]+|\d+@cloudservices|[\w-]+@system)\.(?:iam\.)?gserviceaccount\.com$/;

/** Who else rules over what the deployment is made of, or may be one of its accounts, by grants that are wider than what they are for. */
export function rulers(deployment: CheckedDeployment): readonly Finding[] {
  const { grants = [] } = deployment.artifact;
  return [...grants.flatMap((grant) => openTo(grant, deployment)), ...impersonators(deployment)];
}

function openTo(grant: IamGrant, deployment: CheckedDeployment): readonly Finding[] {
  const own = identitiesOf(deployment);
  const role = spell(grant.role);
  const where = isAbove(grant.level) ? `the whole ${grant.level}` : spell(grant.on);
  return grant.members.map(principalOf).flatMap((principal): readonly Finding[] => {
    const isEverybody = principal.kind === 'anybody' || principal.kind === 'authenticated';
    const isWrong = isEverybody ? isOpen(grant, deployment) : isRuling(grant, principal, own);
    return isWrong
      ? [
          {
            verdict: 'broken',
            subject: grant.id,
            evidence: `${grant.id} gives ${keyOf(principal)} ${role} on ${where}, in which the deployment is`,
          },
        ]
      : [];
  });
}

/** On a project everything is open to everybody by that, and on a registry the images that the deployment runs. */
function isOpen(grant: IamGrant, deployment: CheckedDeployment): boolean {
  if (isAbove(grant.level)) return true;
  if (grant.level === 'disk' || grant.level === 'instance') return !grant.id.includes('_iap_');
  return grant.level === 'repository' && holdsImages(grant, deployment);
}

/** Whether what the deployment runs is pulled from a repository: it stands in the paths of images. */
function holdsImages({ on }: IamGrant, { artifact, server }: CheckedDeployment): boolean {
  const name = literal(on)?.split('/').at(-1) ?? '';
  const containers = [
    ...(server?.host.containers ?? []),
    ...(artifact.cloudRun ?? []).flatMap((each) => each.containers),
  ];
  return name !== '' && containers.some(({ image }) => spell(image.text).includes(`/${name}/`));
}

function isRuling(grant: IamGrant, principal: Principal, own: ReadonlyMap<string, string>): boolean {
  // what the deployment's own accounts have is told of them
  if (principal.kind === 'account' && (own.has(principal.key) || OF_GOOGLE.test(principal.key))) return false;
  const role = literal(grant.role) ?? '';
  const rules = grant.permissions?.some((each) => RULES.test(each)) ?? RULING.test(role);
  if (isAbove(grant.level)) return rules;
  if (grant.level === 'disk') return true;
  if (grant.level === 'instance') return rules || (grant.id.includes('_iap_') && role === 'roles/owner');
  return grant.level === 'repository' && rules && role !== READS_IMAGES;
}

/** On the account itself: who may be it by a grant above it is told by what that opens. */
function impersonators({ artifact, ...rest }: CheckedDeployment): readonly Finding[] {
  const own = identitiesOf({ artifact, ...rest });
  const grants = (artifact.grants ?? []).filter(({ level }) => level === 'service-account');
  return [...own.keys()].flatMap((account) => {
    const { holders, sets } = directImpersonators({ ...artifact, grants }, account);
    return [...holders, ...sets].map(({ principal, by }): Finding => ({
      verdict: 'broken',
      subject: by[0] ?? account,
      evidence: `${keyOf(principal)} may act as ${account} in everything, by ${by.join(', ')}`,
    }));
  });
}
