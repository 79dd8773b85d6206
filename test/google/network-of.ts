import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AdminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { defineSecurityModel, type SecurityModel, type SecurityModelProps } from '../../lib/core/security-model';
import type { PeerHandle } from '../../lib/google/peer';
import { PrivateNetwork, type IPrivateNetwork } from '../../lib/google/private-network';
import { restateListeners } from '../../lib/restate/listeners';

export const PROJECT = 'my-project';
export const ACCOUNT = 'restate@my-project.iam.gserviceaccount.com';
export const OPERATORS = {
  hostnames: ['admin.example.com'],
  auth: IngressAuth.jwt({
    issuer: 'https://login.example.com/',
    jwks: {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          kid: 'first',
          use: 'sig',
          alg: 'EdDSA',
        },
      ],
    },
    audiences: ['orders'],
  }),
  roles: { operator: ['restate:operate'] },
};

/** A resource as Terraform reads it. */
export type Resource = Readonly<Record<string, unknown>>;

/** What a stack holds, by type, then by the path of its construct below the stack. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Resource>>>>;

export function newStack(): TerraformStack {
  const stack = new TerraformStack(new App(), 'Orders');
  new GoogleProvider(stack, 'Google', { project: PROJECT, region: 'europe-west1' });
  return stack;
}

/** What Terraform is given, with the construct paths that tests of cdktf's own leave out. */
export function resourcesOf(build: (stack: TerraformStack) => void): Resources {
  const stack = newStack();
  build(stack);
  stack.prepareStack();
  const { resource = {} } = JSON.parse(JSON.stringify(stack.toTerraform())) as { resource?: Resources };
  return Object.fromEntries(
    Object.entries(resource).map(([type, ofType]) => [
      type,
      Object.fromEntries(Object.values(ofType).map((block) => [pathOf(block), block])),
    ]),
  );
}

/** The one resource of its type. */
export function onlyOf(resources: Resources, type: string): Resource {
  const [first, ...others] = Object.values(resources[type] ?? {});
  if (first === undefined || others.length > 0) throw new Error(`${others.length + (first ? 1 : 0)} of ${type}`);
  return first;
}

/** Attributes of a resource in one line, lists with blanks between their items. */
export function lineOf(resource: Resource, ...attributes: string[]): string {
  return attributes.flatMap((name) => (resource[name] as string | string[] | undefined) ?? []).join(' ');
}

/** A network of others, so that a test sees the resources of its subject alone. */
export function networkWith(internet: IPrivateNetwork['internet'] = 'none'): IPrivateNetwork {
  return PrivateNetwork.fromAttributes({
    networkId: 'projects/my-project/global/networks/shared',
    subnetworkId: 'projects/my-project/regions/europe-west1/subnetworks/shared',
    cidr: '10.20.0.0/24',
    region: 'europe-west1',
    internet,
  });
}

export function modelOf(
  ingress: Partial<SecurityModelProps<PeerHandle>['ingress']> = {},
  admin: AdminAccess<PeerHandle> = AdminAccess.nobody(),
): SecurityModel<PeerHandle> {
  return defineSecurityModel<PeerHandle>({
    listeners: restateListeners({}, admin.kind === 'nobody' ? 'socket' : 'socket-and-loopback'),
    ingress: { auth: OPERATORS.auth, hostnames: ['restate.example.com'], ...ingress },
    admin,
  });
}

function pathOf(block: Resource): string {
  const { metadata } = block['//'] as { metadata: { path: string } };
  return metadata.path.split('/').slice(1).join('/');
}
