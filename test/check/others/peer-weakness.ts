import type { ClaimResult } from '../../../lib/artifact/claim';
import type { Edit } from '../edits';
import type { EditedFile } from '../examples';

/** A weakness of what a peer synthesises by default, and what the check has to say of it. */
export interface PeerWeakness {
  /** The construct, and the number of the weakness among its own. */
  readonly of: string;
  readonly weakness: string;
  /** The template of `test/fixtures/peers` in which it is seen. */
  readonly template: PeerTemplate;
  readonly claim: string;
  readonly evidence: RegExp;
  /** @default 'broken' */
  readonly verdict?: ClaimResult['verdict'];
  /** A change of the template after which it is no longer said. Absent: nothing less than another architecture mends it. */
  readonly mend?: Edit;
}

export type PeerTemplate =
  | 'byoc-0.5.0-Byoc'
  | 'byoc-0.5.0-ByocOidc'
  | `restate-cdk-1.7.0-${'Attributes' | 'Cloud' | 'Fargate' | 'FargateClosed' | 'SingleNode' | 'SingleNodeSettings' | 'SingleNodeTls'}`;

export type Part = (file: EditedFile) => EditedFile;

/** The properties of the first resource of a type that a text stands in. */
export const resource =
  (type: string, having = ''): Part =>
  (file) =>
    whole(type, having)(file)['Properties'] as EditedFile;

/** The resource itself. */
export const whole =
  (type: string, having = ''): Part =>
  (file) => {
    const all = Object.values(file['Resources'] as Record<string, EditedFile>);
    const found = all.find((each) => each['Type'] === type && JSON.stringify(each).includes(having));
    if (found === undefined) throw new Error(`the template has no ${type} with ${having}`);
    return found;
  };

export const set =
  (part: Part, values: object): Edit =>
  (file) =>
    void Object.assign(part(file), values);

/** Puts another text in the place of one, wherever it stands in a part. */
export const exchange =
  (part: Part, from: string, to: string): Edit =>
  (file) => {
    const found = part(file);
    const text = JSON.stringify(found);
    if (!text.includes(from)) throw new Error(`it has no ${from}`);
    Object.assign(found, JSON.parse(text.replaceAll(from, to)));
  };

/** Switches an attribute of the balancer on. */
export const attribute = (key: string): Edit => {
  return (file) => {
    const balancer = resource('AWS::ElasticLoadBalancingV2::LoadBalancer')(file);
    const others = (balancer['LoadBalancerAttributes'] as { Key: string }[]).filter(({ Key }) => Key !== key);
    balancer['LoadBalancerAttributes'] = [...others, { Key: key, Value: 'true' }];
  };
};

/** Puts an identity provider before what a listener leads to. */
export const asksFirst =
  (port: number): Edit =>
  (file) => {
    const listener = resource('AWS::ElasticLoadBalancingV2::Listener', `"Port":${port}`)(file);
    const asked = { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { ClientId: 'portal' } };
    listener['DefaultActions'] = [asked, ...(listener['DefaultActions'] as object[])];
  };

/** Takes the rule for a port out of the group that has one. */
export const withoutRule =
  (port: number): Edit =>
  (file) => {
    const group = resource('AWS::EC2::SecurityGroup', `"FromPort":${port}`)(file);
    const rules = group['SecurityGroupIngress'] as { FromPort: number }[];
    group['SecurityGroupIngress'] = rules.filter(({ FromPort }) => FromPort !== port);
  };

export const TASK: Part = resource('AWS::ECS::TaskDefinition', '"Environment"');
export const SERVER: Part = (file) => (TASK(file)['ContainerDefinitions'] as EditedFile[])[0] as EditedFile;
export const MACHINE: Part = resource('AWS::EC2::Instance');
export const REGISTRATION: Part = resource('Custom::RestateServiceDeployment');
export const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
export const DIGEST: string = `@sha256:${'a'.repeat(64)}`;
