import type { TerraformStack } from 'cdktf';
import {
  AdminAccess,
  GoogleCredentials,
  GoogleIdToken,
  type IRestateServer,
  Peer,
  RestateServer,
  type RestateServerAttributes,
} from '../../lib/google';
import { refusal } from '../core/refusal';
import { newStack } from './network-of';
import { rendered } from './service-stack';
import { ADMIN_OPTIONS, certificate, PUBLIC_KEY, secret, serverIn, tunnelDoor } from './template-of';

const MACHINE = 'restate@my-project.iam.gserviceaccount.com';
const INVOKER = 'invoker@my-project.iam.gserviceaccount.com';
const CALLER = 'caller@other-project.iam.gserviceaccount.com';

function imported(asked: Partial<RestateServerAttributes> = {}, stack: TerraformStack = newStack()): IRestateServer {
  return RestateServer.fromAttributes(stack, 'Imported', {
    hostnames: ['restate.example.com'],
    identityPublicKeys: [PUBLIC_KEY],
    serviceAccountEmail: MACHINE,
    credentials: GoogleCredentials.metadataServer({ impersonate: INVOKER }),
    ...asked,
  });
}

describe('a server of another stack', () => {
  test('is called as the one that was made is, and makes no resource', () => {
    const stack = newStack();
    const server = imported({}, stack);
    expect(server).toMatchObject({
      url: 'https://restate.example.com',
      hostnames: ['restate.example.com'],
      identityPublicKeys: [PUBLIC_KEY],
    });
    expect(stack.toTerraform()['resource']).toBeUndefined();
  });

  test('calls as the account that its stack says', () => {
    expect(imported().callerAccount(GoogleIdToken.ambient())).toBe(MACHINE);
    expect(imported().callerAccount(GoogleIdToken.impersonated({ serviceAccount: INVOKER }))).toBe(INVOKER);
  });

  test.each<[string, string, Partial<RestateServerAttributes>]>([
    ['an option that nobody reads', 'OptionUnknown', { url: 'https://x' } as Partial<RestateServerAttributes>],
    ['no host name', 'HostnameInvalid', { hostnames: [] }],
    ['no key', 'PublicKeyInvalid', { identityPublicKeys: [] }],
    ['the same key twice', 'PublicKeyRepeated', { identityPublicKeys: [PUBLIC_KEY, PUBLIC_KEY] }],
    ['a person as its account', 'ServiceAccountInvalid', { serviceAccountEmail: 'ada@example.com' }],
    [
      'credentials that no factory made',
      'CredentialsInvalid',
      { credentials: { source: 'all' } } as unknown as Partial<RestateServerAttributes>,
    ],
  ])('is refused with %s', (_, code, asked) => {
    expect(refusal(() => imported(asked)).code).toBe(code);
  });
});

describe('whom a service has to admit', () => {
  const key = GoogleCredentials.serviceAccountKey({ secret: secret('caller'), account: CALLER });
  const user = GoogleCredentials.userCredentials({
    secret: secret('ada'),
    user: 'ada@example.com',
    impersonate: INVOKER,
  });

  test('is the account of the machine, when nothing is said', () => {
    expect(serverIn(newStack()).callerAccount(GoogleIdToken.ambient())).toMatch(/^\$\{TfToken\[/);
  });

  test('is the account of the key file', () => {
    expect(serverIn(newStack(), { credentials: key }).callerAccount(GoogleIdToken.ambient())).toBe(CALLER);
  });

  test.each<[string, string, GoogleCredentials, GoogleIdToken]>([
    ['nobody without credentials', 'CredentialsMissing', GoogleCredentials.none(), GoogleIdToken.ambient()],
    ['nobody by a person alone', 'CredentialMismatch', user, GoogleIdToken.ambient()],
    [
      'nobody whom the server may not impersonate',
      'ImpersonationTargetUnknown',
      GoogleCredentials.metadataServer(),
      GoogleIdToken.impersonated({ serviceAccount: INVOKER }),
    ],
  ])('is %s', (_, code, credentials, auth) => {
    const server = serverIn(newStack(), { credentials });
    expect(refusal(() => server.callerAccount(auth)).code).toBe(code);
  });
});

describe('what a stack may put out of a server', () => {
  const operators = AdminAccess.fromPeers([Peer.cidr('10.40.0.0/24')], ADMIN_OPTIONS);

  test('is the name of its machine, which a tunnel is opened to, and the addresses of its doors', () => {
    const stack = newStack();
    const server = serverIn(stack, { admin: operators, adminCertificate: certificate('admin') });
    const at = (text: string | undefined): unknown => rendered(stack, text ?? 'none');
    expect(server.machineName).toBe(server.instanceGroup.machine.nameInput);
    expect(at(server.address)).toMatch(/^\$\{google_compute_address\.Restate_Front_Address_\w+\.address\}$/);
    expect(at(server.adminAddress)).toMatch(/^\$\{google_compute_address\.Restate_AdminFront_Address_\w+\.address\}$/);
  });

  test.each([
    ['nobody', {}],
    ['tunnels alone', tunnelDoor()],
  ])('has no address for operators where the door admits %s', (_, asked) => {
    expect(serverIn(newStack(), asked).adminAddress).toBeUndefined();
  });
});
