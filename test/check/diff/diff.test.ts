import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff } from '../../../lib/check/diff/diff';
import type { Change, DiffReport } from '../../../lib/check/diff/diff-report';
import { type EditedFile, type Example, exampleFile, exampleFolder, EXAMPLES } from '../examples';

const home = mkdtempSync(join(tmpdir(), 'portcullis-diff-'));
afterAll(() => rmSync(home, { recursive: true }));

type Edit = (file: EditedFile, text: (from: RegExp | string, to: string) => void) => void;

/** From an example as it is to the same after an edit. */
function after(example: Example, edit: Edit): DiffReport {
  const before = exampleFile(example);
  let content = JSON.parse(readFileSync(before, 'utf8')) as EditedFile;
  edit(content, (from, to) => {
    const text = JSON.stringify(content);
    if (text.replace(from, to) === text) throw new Error(`${String(from)} is not in ${example}`);
    for (const key of Object.keys(content)) delete content[key];
    Object.assign(content, JSON.parse(text.replaceAll(from, to)));
  });
  const file = join(home, EXAMPLES[example] === 'aws' ? 'edited.template.json' : 'edited.tf.json');
  writeFileSync(file, JSON.stringify(content, undefined, 1));
  return diff({ before, after: file });
}

function only(changes: readonly Change[], change: Change['change'], kind: Change['kind']): readonly Change[] {
  return changes.filter((each) => each.change === change && each.kind === kind);
}

function resource(file: EditedFile, type: string, name: string): EditedFile {
  const found = Object.entries(file['Resources'] as Record<string, EditedFile>).filter(
    ([id, body]) => body['Type'] === type && id.includes(name),
  );
  if (found.length !== 1) throw new Error(`${found.length} resources of ${type} ${name}`);
  return found[0]![1]['Properties'] as EditedFile;
}

describe.each(['aws', 'google'] as const)('the examples of %s', (cloud) => {
  test('differ in nothing from themselves', () => {
    const folder = exampleFolder(cloud);
    expect(diff({ before: folder, after: folder })).toMatchObject({
      changes: [],
      summary: { opened: 0, closed: 0, exitCode: 0 },
    });
  });
});

describe('what opens is told with the way to it, and exits with 1', () => {
  test('a block that is let in to the task: who, to what, by which rule, and where that stands', () => {
    const { changes, summary } = after('Orders', (file) => {
      const group = resource(file, 'AWS::EC2::SecurityGroup', 'Task');
      group['SecurityGroupIngress'] = [{ IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, CidrIp: '10.0.0.0/8' }];
    });
    expect(summary.exitCode).toBe(1);
    expect(only(changes, 'opened', 'rule')).toMatchObject([{ what: 'tcp 8443 from 10.0.0.0/8' }]);
    const [reached, ...more] = only(changes, 'opened', 'reachable');
    expect(more).toEqual([]);
    expect(reached?.what).toMatch(
      /^10\.0\.0\.0\/8: to Envoy's listener ingress .* straight; the way: .*SecurityGroupIngress/,
    );
    expect(reached?.source).toMatch(/edited\.template\.json:\d+\)$/);
    expect(only(changes, 'closed', 'reachable')).toEqual([]);
  });

  test("a block that is let in to a machine of Google's: the same", () => {
    const { changes } = after('Invoices', (file) => {
      const rules = Object.entries(file['resource'].google_compute_firewall as Record<string, EditedFile>);
      rules.find(([name]) => name.includes('CallersByRange'))![1]['source_ranges'] = ['10.30.0.0/15'];
    });
    const reached = only(changes, 'opened', 'reachable');
    expect(reached).toMatchObject([
      {
        what: expect.stringMatching(
          /^10\.31\.0\.0\/16: to Envoy's listener ingress .* straight .*; the way: /,
        ) as string,
      },
    ]);
    expect(reached[0]?.source).toMatch(/edited\.tf\.json:\d+\)$/);
  });

  test('a right on everything', () => {
    const { changes } = after('Orders', (file) => {
      const policy = resource(file, 'AWS::IAM::Policy', 'SnapshotsRole');
      policy['PolicyDocument'].Statement[0].Resource = '*';
    });
    expect(only(changes, 'opened', 'right')).toMatchObject([{ what: 'ec2:CreateSnapshot on *' }]);
  });

  test('an audience that the proxy takes tokens for', () => {
    const { changes } = after('Orders', (_file, text) =>
      text(/\\"audiences\\":\[\\"orders\\"/g, '\\"audiences\\":[\\"billing\\",\\"orders\\"'),
    );
    expect(only(changes, 'opened', 'credential')).toMatchObject([
      { what: expect.stringMatching(/^callers, .*: tokens for billing$/) as string },
    ]);
  });

  test('a front end of Cloud Run that takes requests of the internet', () => {
    const { changes, summary } = after('Invoices', (file) => {
      const [service] = Object.values(file['resource'].google_cloud_run_v2_service as Record<string, EditedFile>);
      service!['ingress'] = 'INGRESS_TRAFFIC_ALL';
    });
    expect(summary.exitCode).toBe(1);
    expect(only(changes, 'opened', 'public-address').map(({ what }) => what)).toEqual([
      'its front end takes requests of a load balancer',
      'its front end takes requests of the internet',
    ]);
  });

  test('a role for everybody', () => {
    const { changes } = after('Invoices', (file) => {
      file['resource'].google_project_iam_member = {
        all: { project: 'example-project', role: 'roles/run.invoker', member: 'allUsers' },
      };
    });
    expect(only(changes, 'opened', 'right')).toMatchObject([
      {
        subject: 'google_project_iam_member.all',
        what: expect.stringMatching(/^allUsers has roles\/run\.invoker on project/) as string,
      },
    ]);
  });

  test('a rule that denied', () => {
    const { changes, summary } = after('Storefront', (file) => {
      const rules = file['resource'].google_compute_firewall as Record<string, EditedFile>;
      for (const [name, rule] of Object.entries(rules)) {
        if (rule['direction'] === 'EGRESS' && rule['deny'] !== undefined) delete rules[name];
      }
    });
    expect(summary.exitCode).toBe(1);
    expect(only(changes, 'opened', 'denial')).toMatchObject([
      { what: expect.stringMatching(/^no longer denies all every port to 0\.0\.0\.0\/0/) as string },
    ]);
  });
});

describe('what closes is told, and exits with 0', () => {
  test('a narrower block of callers', () => {
    const { changes, summary } = after('Orders', (file) => {
      resource(file, 'AWS::EC2::SecurityGroup', 'Balancer')['SecurityGroupIngress'][0].CidrIp = '1.0.0.0/9';
    });
    expect(summary).toMatchObject({ opened: 0, exitCode: 0 });
    expect(only(changes, 'closed', 'rule')).toMatchObject([{ what: 'tcp 443 from 1.128.0.0/9' }]);
    expect(only(changes, 'closed', 'reachable')).toHaveLength(1);
  });

  test('a role that is gone', () => {
    const { changes, summary } = after('Invoices', (file) => {
      delete file['resource'].google_cloud_run_v2_service_iam_binding;
      delete file['resource'].google_cloud_run_v2_service_iam_member;
    });
    expect(only(changes, 'closed', 'right').length).toBeGreaterThan(0);
    expect(only(changes, 'opened', 'right')).toEqual([]);
    expect(summary.closed).toBeGreaterThan(0);
  });
});

describe('the same in other words is no difference', () => {
  test('a block as its halves, and an inline rule that stands apart', () => {
    const { changes } = after('Orders', (file) => {
      const balancer = resource(file, 'AWS::EC2::SecurityGroup', 'Balancer');
      const [v4, ...rest] = balancer['SecurityGroupIngress'] as EditedFile[];
      balancer['SecurityGroupIngress'] = [...rest, { ...v4, CidrIp: '1.0.0.0/9' }];
      const [id] = Object.entries(file['Resources'] as Record<string, EditedFile>).find(
        ([, { Properties }]) => Properties === balancer,
      )!;
      file['Resources'].Apart = {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: { ...v4, GroupId: { 'Fn::GetAtt': [id, 'GroupId'] }, CidrIp: '1.128.0.0/9' },
      };
    });
    expect(changes).toEqual([]);
  });

  test('resources that have nothing to do with it', () => {
    const { changes } = after('Orders', (file) => {
      file['Resources'].Table = {
        Type: 'AWS::DynamoDB::Table',
        Properties: { KeySchema: [], AttributeDefinitions: [] },
      };
    });
    expect(changes).toEqual([]);
  });
});

test('a stack that is new opens all that it permits, one that is gone closes it', () => {
  const folder = exampleFolder('aws');
  const one = join(home, 'one');
  const { summary: gone } = diff({ before: folder, after: exampleFile('Orders') });
  expect(gone).toMatchObject({ opened: 0, exitCode: 0 });
  const { changes, summary } = diff({ before: exampleFile('Orders'), after: folder });
  expect(summary).toMatchObject({ closed: 0, exitCode: 1 });
  expect(changes.filter(({ subject }) => !/^(?:Billing|Ledger)\//.test(subject))).toEqual([]);
  expect(() => diff({ before: one, after: folder })).toThrow('there is no such file or folder');
});
