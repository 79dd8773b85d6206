import type { Stack } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IngressAuth, Peer, ProxyCertificate, RestateServer, type ServerImage } from '../../lib/aws';
import { generateIdentityKey } from '../../lib/restate/request-identity';
import { refusal } from '../core/refusal';
import { mutualTls, mutualTlsAuth } from './mutual-tls';
import {
  imagesOf,
  INLINE_AUTH,
  networkOf,
  newStack,
  PUBLIC_KEY,
  REMOTE_AUTH,
  serverIn,
  type Asked,
} from './template-of';

const identity = (stack: Stack, publicKey: string): Asked => ({
  identity: { secret: Secret.fromSecretNameV2(stack, 'Key', 'orders/identity'), publicKey },
});

const restate = (stack: Stack, image: Partial<ServerImage>): Asked => {
  const images = imagesOf(stack);
  return { images: { ...images, restate: { ...images.restate, ...image } } };
};

const envoy = (stack: Stack, image: Partial<ServerImage>): Asked => {
  const images = imagesOf(stack);
  return { images: { ...images, envoy: { ...images.envoy, ...image } } };
};

const imagesWith = (stack: Stack, images: object): Asked => ({ images: { ...imagesOf(stack), ...images } });

const elsewhere = (stack: Stack, region: string, account: string): ServerImage['repository'] =>
  Repository.fromRepositoryArn(stack, 'Elsewhere', `arn:aws:ecr:${region}:${account}:repository/mirror/restate`);

const secretIn = (stack: Stack, place: string): ISecret =>
  Secret.fromSecretCompleteArn(stack, 'Far', `arn:aws:secretsmanager:${place}:secret:identity-AbCdEf`);

const HERE = { account: '111122223333', region: 'eu-central-1' };

describe('a server is refused', () => {
  test.each<[string, string, (stack: Stack) => Asked]>([
    ['a public key of another form', 'PublicKeyInvalid', (stack) => identity(stack, 'ssh-ed25519 AAAA')],
    ['a public key that is known at deployment alone', 'PublicKeyInvalid', (stack) => identity(stack, stack.stackId)],
    ['a server image called latest', 'ServerVersionInvalid', (stack) => restate(stack, { tag: 'latest' })],
    ['a server with a known weakness', 'ServerVersionVulnerable', (stack) => restate(stack, { tag: '1.6.2' })],
    ['a server nothing is known of', 'ServerVersionUnknown', (stack) => restate(stack, { tag: '1.8.0' })],
    [
      'a server image whose tag is a token',
      'ValueNotConcrete',
      (stack) => restate(stack, { tag: stack.stackName + stack.region }),
    ],
    ['a server image without digest', 'ImageDigestInvalid', (stack) => restate(stack, { digest: '' })],
    [
      'an image with a digest of another kind',
      'ImageDigestInvalid',
      (stack) => envoy(stack, { digest: `sha512:${'0'.repeat(128)}` }),
    ],
    [
      'an image with half a digest',
      'ImageDigestInvalid',
      (stack) => envoy(stack, { digest: `sha256:${'0'.repeat(32)}` }),
    ],
    ['a server image as text', 'OptionInvalid', (stack) => imagesWith(stack, { restate: 'restate:1.7.12' })],
    ['a proxy image as text', 'OptionInvalid', (stack) => imagesWith(stack, { envoy: 'envoy:v1.40.0' })],
    ['no image that mints', 'OptionMissing', (stack) => imagesWith(stack, { certificate: undefined })],
    ['alarms that are a list', 'OptionInvalid', () => ({ alarms: [] as never })],
    ['a block in place of a peer', 'PeerInvalid', () => ({ ingress: { peers: ['10.0.0.0/8'] as never } })],
    [
      'a security group in place of a peer',
      'PeerInvalid',
      (stack) => ({ ingress: { peers: [SecurityGroup.fromSecurityGroupId(stack, 'Shop', 'sg-1')] as never } }),
    ],
    [
      'a path in place of a handler',
      'HandlersInvalid',
      () => ({ ingress: { callers: [{ scope: 'orders', handlers: ['Orders/place'] as never }] } }),
    ],
    ['a proxy image called latest', 'ImageTagInvalid', (stack) => envoy(stack, { tag: 'latest' })],
    ['a proxy image that moves', 'ProxyVersionUnknown', (stack) => envoy(stack, { tag: 'distroless-latest' })],
    ['a proxy of another release line', 'ProxyVersionUnknown', (stack) => envoy(stack, { tag: 'distroless-v1.31.0' })],
    ['a proxy image without tag', 'ImageTagInvalid', (stack) => envoy(stack, { tag: '' })],
    ['a tag that carries a digest of its own', 'ImageTagInvalid', (stack) => envoy(stack, { tag: 'v1@sha256:0' })],
    [
      'an image of another region',
      'ImageRepositoryElsewhere',
      (stack) => restate(stack, { repository: elsewhere(stack, 'us-east-1', '111122223333') }),
    ],
    [
      'an image of another account',
      'ImageRepositoryElsewhere',
      (stack) => restate(stack, { repository: elsewhere(stack, 'eu-central-1', '444455556666') }),
    ],
    ...['us-east-1:111122223333', 'eu-central-1:444455556666'].map(
      (place): [string, string, (stack: Stack) => Asked] => [
        `an identity key in ${place}`,
        'IdentitySecretElsewhere',
        (stack) => ({ identity: { secret: secretIn(stack, place), publicKey: PUBLIC_KEY } }),
      ],
    ),
    [
      'a key whose policy cannot be extended',
      'EncryptionKeyImported',
      (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1') }),
    ],
    ['a machine in a public subnet', 'NodeSubnetPublic', () => ({ vpcSubnets: { subnetType: SubnetType.PUBLIC } })],
    [
      'fetched keys in an isolated subnet',
      'NodeSubnetIsolated',
      () => ({ ingress: { auth: REMOTE_AUTH }, vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
    ],
    ['fetched keys without a way out', 'NodeSubnetMissing', () => ({ ingress: { auth: REMOTE_AUTH } })],
    [
      'peers beside everybody',
      'PeersBesideInternet',
      () => ({ ingress: { internetFacing: true, peers: [Peer.cidr('10.0.0.0/8')] } }),
    ],
    [
      'peers that together are everybody',
      'CidrTooOpen',
      () => ({ ingress: { peers: [Peer.cidr('10.0.0.0/8'), Peer.cidr('11.0.0.0/8')] } }),
    ],
    [
      'client certificates behind a balancer that ends TLS',
      'CertificateEndsTooEarly',
      () => ({ ingress: { auth: mutualTlsAuth() } }),
    ],
    [
      'client certificates beside tokens behind a balancer that ends TLS',
      'CertificateEndsTooEarly',
      () => ({ ingress: { auth: IngressAuth.anyOf(INLINE_AUTH, mutualTlsAuth()) } }),
    ],
    [
      'a certificate of the proxy in another region',
      'ProxyCertificateElsewhere',
      (stack) => ({
        ingress: { certificate: ProxyCertificate.fromSecret(secretIn(stack, 'us-east-1:111122223333')) },
      }),
    ],
    ...[
      'gs://ca/a.pem',
      's3://exampl?-ca/a.pem',
      's3://"ca"/a.pem',
      's3://../a.pem',
      's3://ca/a%20b.pem',
      's3://ca//a.pem',
      's3://ca/../a.pem',
      's3://ca/b/./a.pem',
      's3://ca/a/',
    ].map((uri): [string, string, (stack: Stack) => Asked] => [
      `a revocation list at ${uri}`,
      'RevocationListElsewhere',
      (stack) => mutualTls(stack, uri),
    ]),
    ['no host name', 'HostnameInvalid', () => ({ ingress: { hostnames: [] } })],
    [
      'a host name that is a token',
      'ValueNotConcrete',
      (stack) => ({ ingress: { hostnames: [`restate.${stack.region}.example.com`] } }),
    ],
    [
      'a credential that would be forwarded',
      'HeaderNotForwardable',
      () => ({ ingress: { forwardHeaders: ['authorization'] } }),
    ],
    ['a limit that nobody reads', 'LimitUnknown', () => ({ ingress: { limits: { maxBody: 1 } as object } })],
    [
      'a server option that nobody reads',
      'OptionUnknown',
      () => ({ server: { adminBindAddress: '0.0.0.0:9070' } as object }),
    ],
    ['no identity, in plain JavaScript', 'OptionMissing', () => ({ identity: undefined })],
    ['a version beside that of the image', 'OptionUnknown', () => ({ server: { version: '1.7.9' } as object })],
    ['a data folder that is not on the disk', 'OptionUnknown', () => ({ server: { baseDir: '/data' } as object })],
    ['an option that nobody reads', 'OptionUnknown', () => ({ tracing: true }) as object],
    ['an option of the ingress that nobody reads', 'OptionUnknown', () => ({ ingress: { open: false } as object })],
    ['no certificate, in plain JavaScript', 'OptionMissing', () => ({ ingress: { certificate: undefined } })],
    ['a cluster name that is no name', 'ServerNameInvalid', () => ({ clusterName: 'Orders; rm -rf /' })],
  ])('%s', (_, code, ask) => {
    const stack = newStack(code.endsWith('Elsewhere') ? { env: HERE } : {});
    const asked = ask(stack);
    expect(refusal(() => serverIn(stack, asked)).code).toBe(code);
  });

  test('without an ingress, in plain JavaScript, and the message lists what it takes', () => {
    const stack = newStack();
    const { code, message } = refusal(
      () => new RestateServer(stack, 'Restate', { ...identity(stack, PUBLIC_KEY), images: imagesOf(stack) } as never),
    );
    expect(code).toBe('OptionMissing');
    expect(message).toContain('give an object of certificate, auth, hostnames, peers');
  });

  test('with a misspelt option of the ingress, and the message lists all of them', () => {
    const stack = newStack();
    const { message } = refusal(() => serverIn(stack, { ingress: { certificates: [] } as object }));
    expect(message).toContain('choose among certificate, auth, hostnames, peers');
  });

  test('in a VPC with public subnets alone', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Network', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }],
    });
    expect(refusal(() => serverIn(stack, {}, vpc)).code).toBe('NodeSubnetMissing');
  });

  test('with the world as caller in a VPC without public subnets', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Network', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    expect(refusal(() => serverIn(stack, { ingress: { internetFacing: true } }, vpc)).code).toBe(
      'BalancerSubnetMissing',
    );
  });

  test('with the private key pasted for the public one, and the message does not repeat it', () => {
    const { privateKeyPem } = generateIdentityKey();
    const stack = newStack();
    const { code, message } = refusal(() => serverIn(stack, identity(stack, privateKeyPem)));
    expect(code).toBe('PublicKeyInvalid');
    expect(message).not.toContain(privateKeyPem.split('\n')[1]);
  });

  test('not at all when it is asked for as in the documentation', () => {
    const stack = newStack();
    expect(serverIn(stack, {}, networkOf(stack)).identityPublicKeys).toEqual([PUBLIC_KEY]);
  });
});
