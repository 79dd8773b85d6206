import type { Artifact } from '../../artifact/artifact';
import { envoyContainer } from '../../artifact/role';
import type { ServiceRegistration } from '../../artifact/service-registration';
import type { Text } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { broken, unproven, worst, type Wrong } from '../server/wrong';

type Judge = (registration: ServiceRegistration, deployment: CheckedDeployment) => Finding | undefined;

/** What resources that register services at deployment leave open, beside what the deployment itself does. */
export const REGISTRATION_CLAIMS: readonly CheckedClaim[] = [
  ofEach('registration-by-deployers-only', ofWay),
  ofEach('private-service-closed', ofAudience),
  ofEach('deploy-drains', ofRemoval),
  {
    id: 'services-egress-bounded',
    isBeside: true,
    decide: ({ artifact }) =>
      orNothing(
        artifact,
        functionsOf(artifact).flatMap((id) => ofFunction(id, artifact) ?? []),
      ),
  },
];

function ofEach(id: string, judge: Judge): CheckedClaim {
  return {
    id,
    isBeside: true,
    decide: (deployment) => {
      const { registrations = [] } = deployment.artifact;
      return orNothing(
        deployment.artifact,
        registrations.flatMap((each) => judge(each, deployment) ?? []),
      );
    },
  };
}

function orNothing({ name }: Artifact, found: readonly Finding[]): readonly Finding[] {
  if (found.length > 0) return found;
  return [{ verdict: 'not-applicable', subject: name, evidence: 'nothing of the file registers a service so' }];
}

/** Whoever is on the way, or gets to the same address, may register as well. */
function ofWay({ id, adminUrl, showsToken, takesAnyCertificate }: ServiceRegistration): Finding {
  const at = spell(adminUrl);
  const wrong: readonly (Wrong | undefined)[] = [
    /^http:/i.test(at)
      ? broken(`registers over plain http, at ${at}: whoever is on the way reads and changes it`)
      : undefined,
    /^https?:/i.test(at) ? undefined : unproven(`registers at ${at}, of which it is not known whether it is https`),
    showsToken ? undefined : broken('shows no token: whoever gets to the same address registers, too'),
    takesAnyCertificate === true ? broken('takes any certificate for that of the server (insecure)') : undefined,
    takesAnyCertificate === 'unknown' ? unproven('takes certificates in a way that the file does not say') : undefined,
  ];
  return named(id, worst(wrong, `registers at ${at} with a token out of a secret, over verified TLS`));
}

/** Public is what whoever reaches the ingress may call, unless a proxy before it asks who calls. */
function ofAudience(
  { id, isPrivate }: ServiceRegistration,
  { artifact, server }: CheckedDeployment,
): Finding | undefined {
  if (isPrivate === 'unknown') return named(id, unproven('says private with what only the cloud knows'));
  if (isPrivate) return named(id, { verdict: 'holds', evidence: 'makes its service one for other services alone' });
  if (server === undefined) {
    return named(
      id,
      unproven('makes its service public (private is not true), and who asks at the ingress is not in the file'),
    );
  }
  const isGuarded = artifact.hosts.some((host) => envoyContainer(host) !== undefined);
  return isGuarded
    ? undefined
    : named(id, broken('makes its service public (private is not true): whoever reaches the ingress calls it'));
}

function ofRemoval({ id, removes }: ServiceRegistration): Finding | undefined {
  if (removes === false) return undefined;
  return named(
    id,
    removes === true
      ? broken('takes its service away by force when it goes, with the calls that are at it (removalPolicy destroy)')
      : unproven('says removalPolicy with what is not understood'),
  );
}

function functionsOf({ registrations = [] }: Artifact): readonly string[] {
  return [...new Set(registrations.flatMap(({ functions }) => functions))];
}

/** What stands in no network has a way out to everybody, and no rule says otherwise. */
function ofFunction(id: string, { network }: Artifact): Finding | undefined {
  const found = network?.interfaces.find((each) => each.id === id);
  if (found === undefined || found.groups.length > 0) return undefined;
  return named(id, broken('stands in no network of the owner: nothing bounds what it reaches'));
}

function named(id: string, { verdict, evidence }: Pick<Finding, 'verdict' | 'evidence'>): Finding {
  return { verdict, subject: id, evidence: `${id} ${evidence}` };
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
