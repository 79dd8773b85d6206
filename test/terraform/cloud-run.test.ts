import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { CloudRunProbe, SecretVersion } from '../../lib/google';
import { GoogleIdToken } from '../../lib/restate/google-id-token';
import { type Asked, serviceIn } from '../google/service-stack';
import { missingForTerraform, terraform, type Terraform } from './terraform';

const missing = missingForTerraform();
if (missing !== undefined) process.stderr.write(`\nSKIPPED: terraform does not judge services: ${missing}\n\n`);

const AUDIENCE = 'https://greeter.example.com';
const network = {
  networkId: 'projects/my-project/global/networks/vpc',
  subnetworkId: 'projects/my-project/regions/europe-west3/subnetworks/vpc',
};

const SERVICES: readonly (readonly [string, Asked])[] = [
  ['of which nothing is said', {}],
  [
    'of which everything is said',
    {
      address: AUDIENCE,
      auth: GoogleIdToken.ambient({ audience: AUDIENCE }),
      customAudiences: [AUDIENCE],
      binaryAuthorizationPolicy: 'projects/my-project/platforms/cloudRun/policies/signed',
      encryptionKey: 'projects/my-project/locations/europe-west3/keyRings/ring/cryptoKeys/key',
      environment: { GREETING: '${name}, 100%{' },
      secrets: { '/secrets/a/b': SecretVersion.of({ secret: 'projects/my-project/secrets/a', version: '1' }) },
      startupProbe: CloudRunProbe.http({ path: '/health' }),
      livenessProbe: CloudRunProbe.grpc({ service: 'greeter' }),
      minInstances: 1,
      vpcEgress: { network, traffic: 'PRIVATE_RANGES_ONLY' },
      deletionProtection: false,
    },
  ],
];

/** Writes a service as a user's app would, and returns where it is and the types of its resources. */
function synthesise(outdir: string, asked: Asked): { folder: string; types: readonly string[] } {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'Services');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  new GoogleProvider(stack, 'Google', { project: 'my-project' });
  serviceIn(stack, asked);
  app.synth();
  const folder = join(outdir, 'stacks', 'Services');
  const { resource } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as { resource: object };
  return { folder, types: Object.keys(resource) };
}

(missing === undefined ? describe : describe.skip)('terraform takes a service of Cloud Run', () => {
  let home: string;
  let of: Terraform;
  const folders = new Map<string, string>();

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-services-'));
    const types = SERVICES.flatMap(([what, asked], index) => {
      const { folder, types: made } = synthesise(join(home, String(index)), asked);
      folders.set(what, folder);
      return made;
    });
    of = terraform([...new Set(types)]);
  }, 300_000);
  afterAll(() => {
    of?.dispose();
    rmSync(home, { recursive: true, force: true });
  });

  test.each(SERVICES.map(([what]) => what))(
    '%s',
    (what) => {
      const run = of.in(folders.get(what) ?? '');
      for (const words of [['init', '-input=false'], ['validate'], ['plan', '-refresh=false', '-input=false']]) {
        const { status, stdout, stderr } = run(...words);
        expect({ words, status, said: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({
          words,
          status: 0,
          said: '',
        });
      }
    },
    60_000,
  );
});
