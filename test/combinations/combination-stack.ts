import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PrefixList, SecurityGroup, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { AdminAccess, Peer, type IngressProps, type RestateServerProps } from '../../lib/aws';
import { mutualTlsAuth, proxyCertificate } from '../aws/mutual-tls';
import { ADMIN_HOSTNAME, adminDoor, networkOf, newStack, serverIn } from '../aws/template-of';
import { authOf, callersOf, ROLES } from './doors';
import type { Combination } from './options';

/**
 * The template of a combination.
 *
 * @throws UnsafeConfigurationError when there is no such deployment
 */
export function combinationTemplate(combination: Combination): object {
  const stack = newStack();
  buildCombination(stack, combination);
  return Template.fromStack(stack).toJSON();
}

/**
 * The constructs of a combination.
 *
 * @throws UnsafeConfigurationError when there is no such deployment
 */
export function buildCombination(stack: Stack, combination: Combination): void {
  const { auth, certificate, forwardQuery, forwardHeaders, corsOrigins, limits, server, network } = combination;
  const vpc = networkOf(stack, network === 'isolated' ? 0 : 1);
  const ask = {
    ...operators(stack, vpc, combination),
    ...(combination.endpoints === 'existing' && { existingEndpoints: new SecurityGroup(stack, 'Endpoints', { vpc }) }),
    ...(server === 'changed' && {
      server: { nodeName: 'node-1', partitions: 4, rocksdbMemoryMib: 256, requestIdentityExpirationSeconds: 30 },
    }),
    ingress: {
      auth: authOf(auth, 'orders', mutualTlsAuth),
      ...exposure(stack, vpc, combination),
      ...callersOf(combination.callers),
      ...(certificate === 'proxy' && { certificate: proxyCertificate(stack) }),
      ...(forwardQuery === 'none' && { forwardQuery: [] }),
      ...(forwardHeaders === 'named' && { forwardHeaders: ['content-type', 'idempotency-key', 'x-tenant-id'] }),
      ...(corsOrigins === 'one' && { corsOrigins: ['https://app.example.com'] }),
      ...(limits === 'tight' && { limits: { maxBodyBytes: 65_536, concurrentCalls: 100, maxConnections: 200 } }),
    },
  };
  serverIn(stack, ask, vpc);
}

function exposure(stack: Stack, vpc: Vpc, { exposure: to }: Combination): Partial<IngressProps> {
  if (to === 'internet') return { internetFacing: true };
  if (to === 'group') return { peers: [Peer.securityGroup(new SecurityGroup(stack, 'Shop', { vpc }))] };
  const block = Peer.cidr('10.20.0.0/16');
  if (to === 'internet-and-block') return { internetFacing: true, peers: [block] };
  if (to === 'block') return { peers: [block] };
  const offices = new PrefixList(stack, 'Offices', { entries: [{ cidr: '203.0.113.0/24' }] });
  return { peers: [block, Peer.prefixList(offices)] };
}

function operators(stack: Stack, vpc: Vpc, { admin, adminCertificate }: Combination): Partial<RestateServerProps> {
  const given = adminCertificate === 'given' && { adminCertificate: adminDoor(stack).adminCertificate };
  if (admin === 'nobody') return { ...given };
  const peer =
    admin === 'jwt' ? Peer.cidr('10.30.0.0/16') : Peer.securityGroup(new SecurityGroup(stack, 'Operations', { vpc }));
  const auth = authOf(admin, 'operations', mutualTlsAuth);
  return {
    ...given,
    admin: AdminAccess.fromPeers([peer], { hostnames: [ADMIN_HOSTNAME], auth, roles: ROLES }),
  };
}
