import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudRunService, ManagedCertificate, Peer, AdminAccess, type RestateServer } from '../../lib/google';
import {
  ADMIN_OPTIONS,
  type Asked,
  certificate,
  CERTIFICATE_IMAGE,
  IMAGES,
  networkIn,
  secret,
  serverIn,
  tunnelDoor,
} from '../google/template-of';
import { missingForTerraform, type Ran, terraform, type Terraform } from './terraform';

const missing = missingForTerraform();
if (missing !== undefined) process.stderr.write(`\nSKIPPED: terraform does not judge the servers: ${missing}\n\n`);

type Kind = readonly [what: string, ask: (stack: TerraformStack) => Asked, then?: (server: RestateServer) => void];

const KINDS: readonly Kind[] = [
  ['inside the network, with nobody admitted', () => ({})],
  [
    'with operators by tunnel, and break-glass',
    () => tunnelDoor(),
    (server) => server.grantBreakGlass('group:oncall@example.com'),
  ],
  [
    'with peers of every kind',
    () => ({
      ingress: {
        peers: [
          Peer.cidr('10.1.0.0/16'),
          Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com'),
          Peer.tag('shop'),
        ],
      },
      admin: AdminAccess.fromPeers([Peer.cidr('10.2.0.0/16')], ADMIN_OPTIONS),
      adminCertificate: certificate('admin'),
    }),
  ],
  [
    'on the internet behind an HTTPS balancer',
    () => ({
      images: { ...IMAGES, certificate: CERTIFICATE_IMAGE },
      ingress: { certificate: ManagedCertificate.forHostnames(), internetFacing: true },
    }),
  ],
  [
    'on the internet by passthrough',
    (stack) => ({ network: networkIn(stack, 'nat'), ingress: { internetFacing: true } }),
  ],
  [
    'with a service of Cloud Run',
    () => ({}),
    (server) => {
      new CloudRunService(server.node.scope!, 'Greeter', {
        project: { id: 'my-project', number: '123456789012' },
        region: 'europe-west1',
        image: { repository: IMAGES.restate.repository, tag: '1.0.0', digest: `sha256:${'d'.repeat(64)}` },
        restate: server,
        secrets: { '/secrets/database/password': secret('greeter-password', '2') },
        encryptionKey: 'projects/my-project/locations/europe-west1/keyRings/ring/cryptoKeys/key',
      });
    },
  ],
];

/** Writes a server of a kind as a user's app would. */
function synthesise(outdir: string, [, ask, then]: Kind): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'Orders');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  new GoogleProvider(stack, 'Google', { project: 'my-project', region: 'europe-west1' });
  const server = serverIn(stack, ask(stack));
  then?.(server);
  app.synth();
  return join(outdir, 'stacks/Orders');
}

const folder = mkdtempSync(join(tmpdir(), 'portcullis-servers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface PlanJson {
  readonly planned_values: {
    readonly root_module: {
      readonly resources: readonly { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[];
    };
  };
}

function said({ status, stdout, stderr }: Ran): string {
  return `${status} ${stdout}${stderr}`;
}

(missing === undefined ? describe : describe.skip)('terraform takes a server', () => {
  let judge: Terraform;
  const stacks = new Map<string, string>();

  beforeAll(() => {
    for (const [index, kind] of KINDS.entries()) stacks.set(kind[0], synthesise(join(folder, String(index)), kind));
    const types = [...stacks.values()].flatMap((stack) => {
      const text = readFileSync(join(stack, 'cdk.tf.json'), 'utf8');
      return Object.keys((JSON.parse(text) as { resource: object }).resource);
    });
    judge = terraform([...new Set(types)]);
  }, 300_000);
  afterAll(() => judge?.dispose());

  test.each(KINDS.map(([what]) => what))(
    '%s: it is valid and can be planned',
    (what) => {
      const run = judge.in(stacks.get(what)!);
      expect(said(run('init', '-input=false'))).toMatch(/^0 /);
      expect(said(run('validate'))).toMatch(/^0 /);
      expect(said(run('plan', '-input=false', '-refresh=false', '-out=plan.bin'))).toMatch(/^0 /);
      const plan = JSON.parse(run('show', '-json', 'plan.bin').stdout) as PlanJson;
      const [template] = plan.planned_values.root_module.resources.filter(
        ({ type }) => type === 'google_compute_instance_template',
      );
      // what the shell of the machine is to read stands there as it was written, and nothing of Terraform's is left
      const { metadata } = template!.values as { metadata?: Readonly<Record<string, string>> };
      expect(metadata?.['user-data'] ?? '').not.toMatch(/google_\w+\.\w+\./);
    },
    60_000,
  );
});
