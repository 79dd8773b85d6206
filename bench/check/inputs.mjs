import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
export const root = fileURLToPath(new URL('../..', import.meta.url));
const { readTemplate } = require('../../dist/artifact/cloudformation/read-template.js');
const { readTerraform } = require('../../dist/artifact/terraform/read-terraform.js');
const { parseTemplateText } = require('../../dist/artifact/template-text.js');
const { checkDeployment } = require('../../dist/check/check-artifact.js');
const { CHECKED_CLAIMS } = require('../../dist/check/checked-claims.js');
const { findDeployments } = require('../../dist/check/find-deployments.js');
export const { NETWORK_CLAIMS } = require('../../dist/check/network/network-claims.js');

/** The files of the examples, by the names of their stacks. */
export const EXAMPLES = {
  Orders: 'cdk.out/Orders.template.json',
  Billing: 'cdk.out/Billing.template.json',
  Ledger: 'cdk.out/Ledger.template.json',
  Invoices: 'cdktf.out/stacks/Invoices/cdk.tf.json',
  Storefront: 'cdktf.out/stacks/Storefront/cdk.tf.json',
};

export const isOnAws = (name) => EXAMPLES[name].startsWith('cdk.out');
export const fileOf = (name) => JSON.parse(readFileSync(join(root, EXAMPLES[name]), 'utf8'));

const milliseconds = ({ user, system }) => (user + system) / 1_000;

/** CPU time in ms of everything that `check` does with a file behind its parser: reading what it means, and deciding claims. */
export function checkFile(name, file, claims = CHECKED_CLAIMS) {
  const content = parseTemplateText(JSON.stringify(file), name);
  const before = process.cpuUsage();
  const artifact = isOnAws(name)
    ? readTemplate({ name, file: name, content })
    : readTerraform({ name, file: name, content, format: 'terraform' });
  const read = process.cpuUsage(before);
  const rows = findDeployments([{ path: name, artifacts: [artifact] }]).flatMap((found) =>
    checkDeployment(found, claims),
  );
  const all = process.cpuUsage(before);
  return { read: milliseconds(read), check: milliseconds(all) - milliseconds(read), rows };
}

const blockOf = (index) => `${(index >> 16) + 11}.${(index >> 8) % 256}.${index % 256}.0/24`;

/** The file of an example with so many further rules into the network of its server. */
export function withRules(name, count) {
  const file = fileOf(name);
  const ports = Array.from({ length: count }, (_, index) => (index * 7_919) % 65_536);
  if (!isOnAws(name)) {
    const rules = file.resource.google_compute_firewall;
    const [like] = Object.values(rules).filter(({ allow, direction }) => allow && direction === 'INGRESS');
    if (like === undefined) throw new Error(`${name} has no firewall rule that allows`);
    const { source_tags: _tags, source_service_accounts: _accounts, ...rest } = like;
    for (const [index, port] of ports.entries()) {
      const allow = [{ protocol: 'tcp', ports: [String(port)] }];
      rules[`bench_${index}`] = { ...rest, name: `bench-${index}`, source_ranges: [blockOf(index)], allow };
    }
    return file;
  }
  const [, { Properties: task }] = Object.entries(file.Resources).find(
    ([id, { Type }]) => Type === 'AWS::EC2::SecurityGroup' && /GroupsTask/.test(id),
  );
  const rules = ports.map((port, index) => {
    const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: blockOf(index) };
    return { ...rule, Description: 'bench' };
  });
  task.SecurityGroupIngress = [...(task.SecurityGroupIngress ?? []), ...rules];
  return file;
}

/** The file of an example with one place of its rules changed at random, the same for the same seed. */
export function changed(name, seed) {
  const file = fileOf(name);
  const port = (seed * 7_919) % 65_536;
  const block = blockOf((seed * 104_729) % (200 << 16));
  if (isOnAws(name)) {
    const groups = Object.values(file.Resources).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup');
    const { Properties } = groups[seed % groups.length];
    const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: Math.min(65_535, port + (seed % 500)), CidrIp: block };
    Properties.SecurityGroupIngress = [...(Properties.SecurityGroupIngress ?? []), rule];
  } else {
    const rules = Object.values(file.resource.google_compute_firewall);
    const rule = rules[seed % rules.length];
    rule.priority = seed % 65_536;
    if (rule.source_ranges !== undefined) rule.source_ranges = [block];
  }
  return file;
}
