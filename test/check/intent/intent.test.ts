import type { CheckedDeployment } from '../../../lib/check/checked-deployment';
import { CHECKED_CLAIMS } from '../../../lib/check/checked-claims';
import { INTENT_CLAIMS } from '../../../lib/check/intent/intent-claims';
import { complained, complaints, decided } from '../decided';
import { type Edit, exchange } from '../edits';
import { type EditedFile, type Example, EXAMPLES } from '../examples';
import { one } from '../google-edits';
import { edited } from '../proxy/edited-proxy';
import { INTENT_FAULTS, LESS } from './intent-faults';

const ALL = Object.keys(EXAMPLES) as Example[];
const KEY = 'portcullis:intent';
const FAULTS = INTENT_FAULTS.map(([what, example, edit, claim]) => [what, example, edit, claim] as const);

function judged(deployment: CheckedDeployment): readonly string[] {
  const found = INTENT_CLAIMS.flatMap(({ id, decide }) => decide(deployment).map(({ verdict }) => `${id} ${verdict}`));
  return [...new Set(found)];
}

function wrong(deployment: CheckedDeployment): readonly string[] {
  return judged(deployment).filter((each) => !/ (?:holds|not-applicable)$/.test(each));
}

const without: Edit = (file) => {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    delete (value as EditedFile)[KEY];
    Object.values(value).forEach(visit);
  };
  visit(file);
};

describe('what was rendered against what was meant', () => {
  test.each(ALL)('%s is as it was meant', (example) => {
    const results = decided(example, INTENT_CLAIMS);
    expect(complaints(results)).toEqual([]);
    expect(results.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(8);
  });

  test.each(FAULTS)('%s (%s) is named', (_, example, edit, claim) => {
    expect(wrong(edited(example, edit))).toContain(`${claim} broken`);
  });

  test.each(FAULTS)('%s (%s) is told with what was asked for', (_, example, edit, claim) => {
    const found = INTENT_CLAIMS.filter(({ id }) => id === claim).flatMap(({ decide }) => decide(edited(example, edit)));
    const [{ evidence } = { evidence: '' }] = found.filter(({ verdict }) => verdict === 'broken');
    expect(evidence).toMatch(/ was asked for| were asked for| was given|revoked|were not given/);
  });

  test.each(LESS)('less does no harm: %s (%s)', (_, example, edit) => {
    expect(wrong(edited(example, edit))).toEqual([]);
  });
});

/** The rule of a group at a door: what a callers' or operators' balancer admits. */
function rulesOf(file: EditedFile, door: string): EditedFile[] {
  const resources = Object.entries(file['Resources'] as Record<string, EditedFile>);
  const [, group] = resources.find(([id, { Type }]) => Type === 'AWS::EC2::SecurityGroup' && id.includes(door))!;
  return (group['Properties'] as EditedFile)['SecurityGroupIngress'] as EditedFile[];
}

const CALLERS = 'SecurityGroupsBalancer';
const OPERATORS = 'SecurityGroupsAdminBalancer';
const HTTPS = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

describe('who comes against who was meant to', () => {
  test.each<readonly [string, Example, Edit, readonly string[]]>([
    [
      'one block more for callers',
      'Billing',
      (file) => rulesOf(file, CALLERS).push({ ...HTTPS, CidrIp: '10.21.0.0/16' }),
      ['rules-exact broken'],
    ],
    [
      'private addresses beside those of the internet',
      'Orders',
      (file) => rulesOf(file, CALLERS).push({ ...HTTPS, CidrIp: '10.0.0.0/8' }),
      ['rules-exact broken'],
    ],
    [
      'everybody of IPv6 instead of those on the internet',
      'Orders',
      (file) => rulesOf(file, CALLERS).push({ ...HTTPS, CidrIpv6: '::/0' }),
      ['rules-exact broken'],
    ],
    [
      'a wider block for callers',
      'Billing',
      exchange('10.20.0.0/16', '10.20.0.0/15'),
      // what was asked for is exchanged with it, so that nothing is wrong
      [],
    ],
    [
      'a wider block in the rule alone',
      'Billing',
      (file) => {
        const rule = rulesOf(file, CALLERS).find(({ CidrIp }) => CidrIp === '10.20.0.0/16')!;
        rule['CidrIp'] = '10.20.0.0/15';
      },
      ['rules-exact broken'],
    ],
    [
      'a narrower block',
      'Billing',
      (file) => {
        const rule = rulesOf(file, CALLERS).find(({ CidrIp }) => CidrIp === '10.20.0.0/16')!;
        rule['CidrIp'] = '10.20.7.0/24';
      },
      [],
    ],
    [
      'callers at the door of operators',
      'Billing',
      (file) => rulesOf(file, OPERATORS).push({ ...HTTPS, SourceSecurityGroupId: shop(file) }),
      ['admin-closed broken', 'rules-exact broken'],
    ],
    [
      'one block more for callers',
      'Invoices',
      (file) => blocksOf(file, '10.30.0.0/16').push('10.31.0.0/16'),
      ['rules-exact broken'],
    ],
  ])('%s (%s)', (_, example, edit, expected) => {
    expect(complained(example, INTENT_CLAIMS, edit)).toEqual(expected);
  });
});

function shop(file: EditedFile): unknown {
  return rulesOf(file, CALLERS).find(({ SourceSecurityGroupId }) => SourceSecurityGroupId !== undefined)![
    'SourceSecurityGroupId'
  ];
}

function blocksOf(file: EditedFile, block: string): string[] {
  const rules = Object.values(
    (file['resource'] as EditedFile)['google_compute_firewall'] as Record<string, EditedFile>,
  );
  return rules.map(({ source_ranges: ranges }) => ranges as string[]).find((ranges) => ranges?.includes(block))!;
}

describe('a file that does not say what was meant', () => {
  test.each(ALL)('is decided as if nobody had asked: %s', (example) => {
    const alone = CHECKED_CLAIMS.filter((each) => !INTENT_CLAIMS.includes(each));
    expect(decided(example, CHECKED_CLAIMS, without)).toEqual(decided(example, alone, without));
  });

  test('leaves nothing for these deciders but what does not apply', () => {
    expect(new Set(decided('Billing', INTENT_CLAIMS, without).map(({ verdict }) => verdict))).toEqual(
      new Set(['not-applicable']),
    );
  });
});

const malformed: Edit = (file) => {
  const definition = Object.values(file['Resources'] as Record<string, EditedFile>).find(
    ({ Metadata }) => (Metadata as EditedFile | undefined)?.[KEY] !== undefined,
  )!;
  (definition['Metadata'] as EditedFile)[KEY] = { version: 1, ingress: 'everything' };
};

describe('a file whose word for what was meant cannot be read', () => {
  test('leaves unproven what rests on it, and nothing else', () => {
    const alone = CHECKED_CLAIMS.filter((each) => !INTENT_CLAIMS.includes(each));
    expect(complaints(decided('Orders', alone, malformed))).toEqual(complaints(decided('Orders', alone)));
    expect(new Set(decided('Orders', INTENT_CLAIMS, malformed).map(({ verdict }) => verdict))).toEqual(
      new Set(['unproven']),
    );
  });
});

test('the machine of Google says it where Terraform reads nothing', () => {
  let found: unknown;
  decided('Invoices', [], (file) => {
    found = (one('compute_instance_template')(file)['//'] as EditedFile)[KEY];
  });
  expect(found).toMatchObject({ version: 1, admin: { roles: expect.anything() as unknown } });
});

test.each([
  'user:stranger@example.net',
  'group:others@example.com',
  'serviceAccount:x@elsewhere.iam.gserviceaccount.com',
])('%s opens tunnels without having been named', (member) => {
  const more: Edit = (file) => {
    const tunnels = (file['resource'] as EditedFile)['google_iap_tunnel_instance_iam_member'] as EditedFile;
    const [own] = Object.values(tunnels) as EditedFile[];
    tunnels['another'] = { ...own, member };
  };
  expect(complained('Invoices', INTENT_CLAIMS, more)).toEqual(['admin-closed broken', 'rules-exact broken']);
});
