import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EditedFile, type Example, exampleFile, EXAMPLES } from '../check/examples';
import { CDK_NAG } from './cdk-nag';
import { CDK_VALIDATION } from './cdk-validation';
import { CFN_GUARD } from './cfn-guard';
import { CFN_LINT } from './cfn-lint';
import { CHECKOV } from './checkov';
import { keyOf } from './key-of';
import { scanned } from './scanned';
import type { Scanner } from './scanner';
import { SCANNERS } from './scanners';

type Edit = (file: EditedFile) => void;

/** What is in the file of an example, by the type of a resource. */
function firstOf(file: EditedFile, type: string): EditedFile {
  const found =
    file['Resources'] === undefined
      ? Object.values(file['resource'][type] as EditedFile)[0]
      : Object.values(file['Resources'] as EditedFile).find(({ Type }) => Type === type)?.Properties;
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found as EditedFile;
}

const openSsh: Edit = (file) => {
  const rule = { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Description: 'everybody' };
  firstOf(file, 'AWS::EC2::SecurityGroup')['SecurityGroupIngress'] = [rule];
};
const withoutRotation: Edit = (file) => {
  firstOf(file, 'AWS::KMS::Key')['EnableKeyRotation'] = false;
};
const unknownProperty: Edit = (file) => {
  firstOf(file, 'AWS::KMS::Key')['EnableKeyRotations'] = true;
};
const openSshOnGoogle: Edit = (file) => {
  Object.assign(firstOf(file, 'google_compute_firewall'), {
    direction: 'INGRESS',
    source_ranges: ['0.0.0.0/0'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
    deny: undefined,
  });
};
const plainSecret: Edit = (file) => {
  firstOf(file, 'AWS::KMS::Key')['Description'] = 'AKIAIOSFODNN7ABCDEFG';
};

/** Faults that a scanner is known to have a rule for. */
const PLANTED: readonly { scanner: Scanner; example: Example; fault: string; edit: Edit; rule: string }[] = [
  { scanner: CDK_NAG, example: 'Orders', fault: 'SSH from everywhere', edit: openSsh, rule: 'AwsSolutions-EC23' },
  {
    scanner: CDK_NAG,
    example: 'Orders',
    fault: 'a key that is not rotated',
    edit: withoutRotation,
    rule: 'PCI.DSS.321-KMSBackingKeyRotationEnabled',
  },
  { scanner: CDK_VALIDATION, example: 'Orders', fault: 'an unknown property', edit: unknownProperty, rule: 'F3002' },
  {
    scanner: CFN_GUARD,
    example: 'Orders',
    fault: 'a key that is not rotated',
    edit: withoutRotation,
    rule: 'kms_key_rotation_enabled_check',
  },
  { scanner: CFN_LINT, example: 'Orders', fault: 'an unknown property', edit: unknownProperty, rule: 'E3002' },
  { scanner: CHECKOV, example: 'Orders', fault: 'a key that is not rotated', edit: withoutRotation, rule: 'CKV_AWS_7' },
  { scanner: CHECKOV, example: 'Orders', fault: 'a secret in plain', edit: plainSecret, rule: 'CKV_SECRET_2' },
  { scanner: CHECKOV, example: 'Storefront', fault: 'SSH from everywhere', edit: openSshOnGoogle, rule: 'CKV_GCP_2' },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-scanners-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;
function fileOf(example: Example, edit: Edit): string {
  const file = JSON.parse(readFileSync(exampleFile(example), 'utf8')) as EditedFile;
  edit(file);
  const path = join(folder, `${(written += 1)}.${EXAMPLES[example] === 'aws' ? 'template' : 'tf'}.json`);
  writeFileSync(path, JSON.stringify(file, undefined, 1));
  return path;
}

const nothing: Edit = () => undefined;

test.each(PLANTED)(
  '$scanner.name sees $fault in $example, and in that file alone',
  ({ scanner, example, edit, rule }) => {
    const [before, faulty, after] = [
      fileOf(example, nothing),
      fileOf(example, edit),
      fileOf(example, nothing),
    ] as const;
    const found = scanned(scanner, [before, faulty, after]);
    const keys = (file: string): readonly string[] => (found.get(file) ?? []).map(keyOf).sort();
    expect((found.get(faulty) ?? []).map((finding) => finding.rule)).toContain(rule);
    expect(keys(before).filter((key) => key.includes(rule))).toEqual([]);
    expect(keys(after)).toEqual(keys(before));
  },
);

test('every scanner has a fault that it is known to see', () => {
  expect(new Set(PLANTED.map(({ scanner }) => scanner))).toEqual(new Set(SCANNERS));
});
