import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { App, TerraformStack } from 'cdktf';
import { Peer } from '../../lib/google';
import { type Asked, serverIn, tunnelDoor } from './template-of';

type Intent = Record<string, Record<string, unknown>>;

/** Of the file that is really written: the framework's own look at a stack leaves comments out. */
function intentOf(ask: (stack: TerraformStack) => Asked): Intent {
  const outdir = mkdtempSync(join(tmpdir(), 'portcullis-'));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'Orders');
    new GoogleProvider(stack, 'Google', { project: 'my-project' });
    serverIn(stack, ask(stack));
    app.synth();
    const text = readFileSync(join(outdir, 'stacks', 'Orders', 'cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(text) as {
      resource: { google_compute_instance_template: Record<string, { '//': Record<string, Intent> }> };
    };
    const [machine] = Object.values(resource.google_compute_instance_template);
    return machine!['//']['portcullis:intent']!;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test('what was asked for stands in the comment of the machine, with each peer under the name that the cloud has for it', () => {
  const intent = intentOf((stack) => {
    const shop = new ServiceAccount(stack, 'Shop', { accountId: 'shop' });
    return { ingress: { peers: [Peer.cidr('10.20.0.0/16'), Peer.serviceAccount(shop.email)] }, ...tunnelDoor() };
  });
  expect(intent['ingress']?.['peers']).toEqual([
    { cidr: '10.20.0.0/16' },
    { serviceAccount: '${google_service_account.Shop.email}' },
  ]);
  expect(intent['admin']).toMatchObject({
    peers: [{ iapTunnel: ['group:ops@example.com'] }],
    roles: { viewer: ['restate:view'], operator: ['restate:operate'] },
  });
});

test('a tag is said as a tag, and nothing of a door that nobody may use', () => {
  const intent = intentOf(() => ({ ingress: { peers: [Peer.tag('shop')] } }));
  expect(intent['ingress']?.['peers']).toEqual([{ networkTag: 'shop' }]);
  expect(intent['admin']).toBeUndefined();
});
