import { AdminAccess, ManagedCertificate, Peer } from '../../lib/google';
import { newStack } from '../google/network-of';
import { certificate, CERTIFICATE_IMAGE, IMAGES, networkIn, serverIn } from '../google/template-of';
import type { ParityModel, Sources } from './model';

/** Where services stand that are called by address, as the group of services is on AWS. */
export const SERVICES = { cidr: '10.20.4.0/24', ports: [9080] } as const;

/**
 * What Terraform is given for a model.
 *
 * @throws UnsafeConfigurationError where only AWS takes it
 */
export function synthesisedOnGoogle(model: ParityModel): object {
  const stack = newStack();
  const { admin } = model;
  const isManaged = model.certificate === 'balancer';
  const isPublic = model.fetches || (model.from === 'internet' && !isManaged);
  serverIn(stack, {
    network: networkIn(stack, isPublic ? 'nat' : 'none'),
    services: [SERVICES],
    ...(isManaged && { images: { ...IMAGES, certificate: CERTIFICATE_IMAGE } }),
    ingress: {
      ...model.ingress,
      auth: model.auth('gs://example-ca/ca.crl.pem'),
      ...(isManaged && { certificate: ManagedCertificate.forHostnames() }),
      ...(model.from === 'internet' ? { internetFacing: true } : { peers: peersOf(model.from) }),
    },
    ...(admin !== undefined && {
      admin: AdminAccess.fromPeers(peersOf(admin.from), admin.door),
      adminCertificate: certificate('admin'),
    }),
  });
  stack.prepareStack();
  return stack.toTerraform() as object;
}

function peersOf({ blocks, workloads }: Sources): readonly Peer[] {
  return [
    ...blocks.map((block) => Peer.cidr(block)),
    ...workloads.map((name) => Peer.serviceAccount(`${name}-1@my-project.iam.gserviceaccount.com`)),
  ];
}
