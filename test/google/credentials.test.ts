import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { App, TerraformStack } from 'cdktf';
import {
  accountOfToken,
  credentialsRisk,
  googleCredentials,
  GoogleCredentials,
  impersonator,
} from '../../lib/google/credentials';
import { SecretVersion } from '../../lib/google/secret-version';
import { GoogleIdToken } from '../../lib/restate/google-id-token';
import { refusal } from '../core/refusal';

const MACHINE = 'restate-vm@my-project.iam.gserviceaccount.com';
const CALLER = 'restate-caller@my-project.iam.gserviceaccount.com';
const KEYS = 'restate-key@my-project.iam.gserviceaccount.com';
const secret = SecretVersion.of({ secret: 'projects/my-project/secrets/google', version: '1' });

const AMBIENT = GoogleIdToken.ambient();
const IMPERSONATED = GoogleIdToken.impersonated({ serviceAccount: CALLER });

const METADATA = GoogleCredentials.metadataServer({ impersonate: CALLER });
const KEY = GoogleCredentials.serviceAccountKey({ secret, account: KEYS, impersonate: CALLER });
const USER = GoogleCredentials.userCredentials({ secret, user: 'ada@example.com', impersonate: CALLER });

const stack = new TerraformStack(new App(), 'Test');
const account = (credentials: GoogleCredentials, auth: GoogleIdToken): string =>
  accountOfToken(stack, credentials, auth, MACHINE);

describe('a token is minted for', () => {
  test.each<[string, GoogleCredentials, GoogleIdToken, string]>([
    ['the account of the machine', METADATA, AMBIENT, MACHINE],
    ['the account that the machine impersonates', METADATA, IMPERSONATED, CALLER],
    ['the account whose key the server has', KEY, AMBIENT, KEYS],
    ['the account that the holder of the key impersonates', KEY, IMPERSONATED, CALLER],
    ['the account that a person impersonates', USER, IMPERSONATED, CALLER],
  ])('%s', (_, credentials, auth, expected) => {
    expect(account(credentials, auth)).toBe(expected);
  });

  test('an account of this app, however often its address is asked for', () => {
    const { email } = new ServiceAccount(stack, 'Caller', { accountId: 'restate-caller' });
    const again = (stack.node.findChild('Caller') as ServiceAccount).email;
    const other = new ServiceAccount(stack, 'Other', { accountId: 'restate-other' }).email;
    const credentials = GoogleCredentials.metadataServer({ impersonate: email });

    expect(again).not.toBe(email);
    expect(account(credentials, GoogleIdToken.impersonated({ serviceAccount: again }))).toBe(again);
    expect(refusal(() => account(credentials, GoogleIdToken.impersonated({ serviceAccount: other }))).code).toBe(
      'ImpersonationTargetUnknown',
    );
  });

  test.each<[string, string, GoogleCredentials, GoogleIdToken, string]>([
    ['a server without credentials', 'CredentialsMissing', GoogleCredentials.none(), AMBIENT, 'change the credentials'],
    ['a person', 'CredentialMismatch', USER, AMBIENT, 'keep the credentials and change auth'],
    [
      'an account that the server may not impersonate',
      'ImpersonationTargetUnknown',
      METADATA,
      GoogleIdToken.impersonated({ serviceAccount: KEYS }),
      CALLER,
    ],
    [
      'any account, by a server that may impersonate none',
      'ImpersonationTargetUnknown',
      GoogleCredentials.metadataServer(),
      IMPERSONATED,
      'nobody',
    ],
  ])('nobody as %s', (_, code, credentials, auth, named) => {
    const refused = refusal(() => account(credentials, auth));

    expect(refused.code).toBe(code);
    expect(refused.message).toContain(named);
  });
});

describe('the right to impersonate goes to', () => {
  test.each<[string, GoogleCredentials, string | undefined]>([
    ['the machine', METADATA, `serviceAccount:${MACHINE}`],
    ['the account of the key', KEY, `serviceAccount:${KEYS}`],
    ['the person', USER, 'user:ada@example.com'],
    ['nobody, of a machine that calls as itself', GoogleCredentials.metadataServer(), undefined],
    [
      'nobody, of a key that calls as itself',
      GoogleCredentials.serviceAccountKey({ secret, account: KEYS }),
      undefined,
    ],
    ['nobody, where there are no credentials', GoogleCredentials.none(), undefined],
  ])('%s', (_, credentials, member) => {
    expect(impersonator(credentials, MACHINE)).toBe(member);
  });
});

describe('credentials', () => {
  test.each<[string, GoogleCredentials, boolean]>([
    ['of the machine', METADATA, false],
    ['of a key file', KEY, true],
    ['of a person', USER, true],
    ['that are none', GoogleCredentials.none(), false],
  ])('%s are an accepted risk: %3$s', (_, credentials, risky) => {
    expect(credentialsRisk(credentials)?.claim).toBe(risky ? 'federation-keyless' : undefined);
  });

  test('of another cloud are refused, with the reason', () => {
    const options = { configuration: secret, impersonate: CALLER };
    const { code, message } = refusal(() => GoogleCredentials.workloadIdentityFederation(options));

    expect(code).toBe('FederationUnsupported');
    expect(message).toContain('nothing on a machine of Google keeps such a token fresh');
  });

  const user = 'ada@example.com';
  test.each<[string, string, object]>([
    ['by a key in place of its reference', 'SecretIdInvalid', { ...KEY, secret: '{"private_key":"hunter2"}' }],
    [
      'by a reference to whatever is latest',
      'SecretVersionInvalid',
      { ...KEY, secret: { ...secret, version: 'latest' } },
    ],
    ['by a key of nobody', 'ServiceAccountInvalid', { source: 'service-account-key', secret }],
    ['of a person who calls directly', 'ServiceAccountInvalid', { source: 'user-credentials', secret, user }],
    ['of a group', 'UserInvalid', { ...USER, user: 'group:ops@example.com' }],
    ['of everybody', 'UserInvalid', { ...USER, user: 'allUsers' }],
    ['to impersonate a person', 'ServiceAccountInvalid', { source: 'metadata-server', impersonate: user }],
    ['to impersonate a list', 'ServiceAccountInvalid', { source: 'metadata-server', impersonate: [CALLER] }],
    ['to impersonate a list, with a key', 'ServiceAccountInvalid', { ...KEY, impersonate: [CALLER] }],
    ['to impersonate a list, as a person', 'ServiceAccountInvalid', { ...USER, impersonate: [CALLER] }],
    ['with a foreign word', 'OptionUnknown', { source: 'metadata-server', account: MACHINE }],
    ['of another cloud', 'CredentialsInvalid', { source: 'workload-identity-federation' }],
    ['that are nothing', 'CredentialsInvalid', {}],
  ])('are refused %s, also where no factory made them', (_, code, credentials) => {
    const refused = refusal(() => googleCredentials(credentials as GoogleCredentials));

    expect(refused.code).toBe(code);
    expect(refused.message).not.toContain('hunter2');
  });

  test('impersonate one account, and say so to whoever gives a list where it is given', () => {
    const impersonate = [CALLER] as unknown as string;
    expect(refusal(() => GoogleCredentials.metadataServer({ impersonate })).message).toContain(
      'give one e-mail address, not a list',
    );
  });

  test.each([METADATA, KEY, USER, GoogleCredentials.none()])('are the same after they were looked at again', (each) => {
    expect(googleCredentials(each)).toEqual(each);
  });
});
