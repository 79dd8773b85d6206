import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingForTerraform, type Ran, terraform, type Terraform } from './terraform';

const missing = missingForTerraform();
if (missing !== undefined)
  process.stderr.write(`\nSKIPPED: terraform does not judge what was synthesised: ${missing}\n\n`);

/** A stack of one firewall rule and its network, with something changed about it. */
function stack(home: string, name: string, rule: object, network: object = {}): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  const content = {
    terraform: { required_providers: { google: { source: 'google', version: '>= 6.50, < 8' } } },
    resource: {
      google_compute_network: { vpc: { name: 'vpc', ...network } },
      google_compute_firewall: { rule: { name: 'rule', network: '${google_compute_network.vpc.id}', ...rule } },
    },
  };
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(content));
  return folder;
}

(missing === undefined ? describe : describe.skip)(
  'terraform, so that its verdict on the examples means something',
  () => {
    let home: string;
    let of: Terraform;
    beforeAll(() => {
      home = mkdtempSync(join(tmpdir(), 'portcullis-stand-in-'));
      of = terraform(['google_compute_network', 'google_compute_firewall']);
    }, 300_000);
    afterAll(() => {
      of.dispose();
      rmSync(home, { recursive: true, force: true });
    });

    function judge(name: string, rule: object, network?: object): Ran {
      const run = of.in(stack(home, name, rule, network));
      const initialised = run('init', '-input=false', '-backend=false');
      return initialised.status === 0 ? run('validate', '-json') : initialised;
    }

    test('a stack without a mistake is valid', () => {
      expect(judge('good', { allow: [{ protocol: 'tcp', ports: ['443'] }] })).toMatchObject({ status: 0 });
    });

    test.each<[what: string, rule: object, network: object]>([
      ['an attribute that does not exist', { allowed: true }, {}],
      ['a block where an attribute belongs', { priority: [{}] }, {}],
      ['a reference to nothing', { description: '${google_compute_network.other.id}' }, {}],
      ['an expression that is none', { description: 'echo ${HOME}' }, {}],
      ['a cycle', {}, { description: '${google_compute_firewall.rule.id}' }],
    ])('%s is seen', (what, rule, network) => {
      const { status, stdout, stderr } = judge(what.replaceAll(' ', '-'), rule, network);
      expect({ status, said: `${stdout}${stderr}` }).toEqual({
        status: 1,
        said: expect.stringMatching(/"severity":\s*"error"|Error/),
      });
    });
  },
);
