import { nameAsText, readIntent } from '../../lib/artifact/intent';
import { parseTemplateText } from '../../lib/artifact/template-text';
import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { readTerraform } from '../../lib/artifact/terraform/read-terraform';

const INTENT = {
  version: 1,
  ingress: {
    hostnames: ['restate.example.com'],
    auth: [
      {
        method: 'jwt',
        issuer: 'https://login.example.com/',
        audiences: ['orders'],
        keys: [{ kid: '1', key_ops: ['verify'] }],
      },
    ],
    peers: [{ cidr: '10.20.0.0/16' }, { iapTunnel: ['group:ops@example.com'] }],
    callers: [{ scope: 'orders:write', handlers: [{ object: 'Cart', handlers: ['add'] }] }],
    forwardHeaders: ['accept'],
    forwardQuery: [],
    corsOrigins: [],
    limits: { maxBodyBytes: 10 },
  },
  admin: { hostnames: ['admin.example.com'], auth: [], peers: [], roles: { viewer: ['restate:view'] } },
};

function read(value: unknown): ReturnType<typeof readIntent> {
  return readIntent('Task', parseTemplateText(JSON.stringify(value), 'intent.json'));
}

describe('what a file says that was asked for', () => {
  const { version: _version, ...rest } = INTENT;

  test('is read as it is written', () => {
    expect(read(INTENT)).toEqual({ subject: 'Task', intent: rest });
  });

  test('may be on the internet, without operators, and with numbers as texts', () => {
    const { admin: _admin, ...open } = INTENT;
    const ingress = { ...open.ingress, peers: 'internet', limits: { maxBodyBytes: '10' } };
    expect(read({ ...open, ingress })).toEqual({
      subject: 'Task',
      intent: { ingress: { ...ingress, limits: { maxBodyBytes: 10 } } },
    });
  });

  test.each<readonly [string, unknown, RegExp]>([
    ['text', 'everybody', /^intent is no map$/],
    ['another version', { ...INTENT, version: 2 }, /version is not 1/],
    ['something unknown', { ...INTENT, also: [] }, /^intent\.also is not known$/],
    ['no ingress', { version: 1 }, /^ingress is no map$/],
    ['no hostnames', { ...INTENT, ingress: { ...INTENT.ingress, hostnames: undefined } }, /hostnames is no list$/],
    ['a method that there is none of', auth({ method: 'none' }), /^ingress\.auth\[0\]\.method is none/],
    ['an audience that is no text', auth({ method: 'jwt', audiences: [7] }), /audiences\[0\] is no text$/],
    ['a reference for a text', auth({ method: 'jwt', issuer: { Ref: 'Issuer' } }), /issuer is no text$/],
    [
      'a limit that is no number',
      { ...INTENT, ingress: { ...INTENT.ingress, limits: { a: 'x' } } },
      /limits\.a is no number$/,
    ],
    [
      'a peer of another kind',
      { ...INTENT, ingress: { ...INTENT.ingress, peers: [{ planet: 'Mars' }] } },
      /planet is not known$/,
    ],
    ['too long a text', auth({ method: 'jwt', issuer: 'x'.repeat(200_001) }), /issuer is no text$/],
    [
      'too long a list',
      auth({ method: 'jwt', audiences: Array.from({ length: 5_001 }, String) }),
      /audiences is no list$/,
    ],
  ])('is unknown as a whole where it is %s', (_, value, reason) => {
    const found = read(value);
    expect(found.intent).toBeUndefined();
    expect(found.malformed).toMatch(reason);
  });

  test('is found in the metadata of a template, and reported to nobody where it is malformed', () => {
    expect(template(INTENT).intents).toEqual([{ subject: 'Task', intent: rest }]);
    expect(template('all')).toMatchObject({ intents: [{ malformed: 'intent is no map' }], unreadable: [] });
  });

  test('is found in the comment of a resource of Terraform', () => {
    const text = JSON.stringify({
      resource: { google_pubsub_topic: { t: { '//': { 'portcullis:intent': INTENT } } } },
    });
    const content = parseTemplateText(text, 'a.tf.json') as Parameters<typeof readTerraform>[0]['content'];
    const artifact = readTerraform({ name: 'Orders', file: 'a.tf.json', content, format: 'terraform' });
    expect(artifact.intents).toEqual([{ subject: 'google_pubsub_topic.t', intent: rest }]);
  });

  test('names what Terraform refers to as a reference', () => {
    expect(nameAsText('${google_service_account.shop.email}')).toEqual([
      { logicalId: 'google_service_account.shop', attribute: 'email' },
    ]);
    expect(nameAsText('shop@example.iam.gserviceaccount.com')).toEqual(['shop@example.iam.gserviceaccount.com']);
  });
});

function auth(method: unknown): unknown {
  return { ...INTENT, ingress: { ...INTENT.ingress, auth: [method] } };
}

function template(intent: unknown): ReturnType<typeof readTemplate> {
  const text = JSON.stringify({
    Resources: { Task: { Type: 'AWS::SNS::Topic', Metadata: { 'portcullis:intent': intent } } },
  });
  const content = parseTemplateText(text, 'a.json') as Parameters<typeof readTemplate>[0]['content'];
  return readTemplate({ name: 'Orders', file: 'a.json', content });
}
