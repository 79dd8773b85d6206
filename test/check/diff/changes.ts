import type { PermissionKind } from '../../../lib/check/diff/permission';
import type { EditedFile, Example } from '../examples';

/** A change of an example that opens something: what is told of it, and of the change back as closed. */
export interface OpeningChange {
  readonly what: string;
  readonly example: Example;
  readonly edit: (file: EditedFile) => EditedFile;
  readonly told: readonly (readonly [kind: PermissionKind | 'denial', what: RegExp])[];
}

/** Changes that open something, of each cloud and of every kind of permission. */
export const OPENING_CHANGES: readonly OpeningChange[] = [
  ...inTexts(),
  change('Invoices', 'a wider block of callers', firewall('CallersByRange', { source_ranges: ['10.0.0.0/8'] }), [
    ['rule', /^tcp 443 from 10\.0\.0\.0\/12, .*, machines of .* at priority 900$/],
    [
      'reachable',
      /^10\.0\.0\.0\/12, .*: to Envoy's listener ingress .* \(ingress\), straight and over port 443 of the internal balancer .*; the way: port 443 of google_compute_instance_template\.\S+, let in by .*CallersByRange/,
    ],
  ]),
  change(
    'Invoices',
    'one more account of callers',
    firewall('CallersByAccount0', {
      source_service_accounts: [
        'shop@example-project.iam.gserviceaccount.com',
        'till@example-project.iam.gserviceaccount.com',
      ],
    }),
    [
      [
        'reachable',
        /^machines of the account till@example-project\.iam\.gserviceaccount\.com: to Envoy's listener ingress/,
      ],
    ],
  ),
  change(
    'Invoices',
    'callers at the door of operators',
    firewall('CallersByRange', { allow: [{ protocol: 'tcp', ports: ['443', '8444'] }] }),
    [['reachable', /^10\.30\.0\.0\/16: to Envoy's listener admin .* \(admin\), straight; the way: port 8444 /]],
  ),
  change('Invoices', 'a rule that denies and comes too late', firewall('DenyOut', { priority: 65_535 }), [
    ['denial', /^no longer denies all every port to 0\.0\.0\.0\/0/],
  ]),
  change('Invoices', 'no rule that denies the way out', without('google_compute_firewall', 'DenyOut'), [
    [
      'reachable',
      /^tcp 0-442, 444-65535 of 0\.0\.0\.0\/0 is reached from google_compute_instance_template\.\S+, where no rule decides; tcp 443 of /,
    ],
    ['reachable', /^icmp of 0\.0\.0\.0\/0 is reached from /],
  ]),
  change(
    'Invoices',
    'one more way out',
    firewall('ToGoogle', { destination_ranges: ['199.36.153.4/30', '10.99.0.0/24'] }),
    [
      [
        'reachable',
        /^tcp 443 of 10\.99\.0\.0\/24 is reached from google_compute_instance_template\.\S+, let out by \S+ToGoogle/,
      ],
    ],
  ),
  change(
    'Storefront',
    'front ends that are let in no more, and back',
    firewall('Front', { source_ranges: ['35.191.0.0/16', '130.211.0.0/22', '203.0.113.0/24'] }),
    [['reachable', /^203\.0\.113\.0\/24: to Envoy's listener ingress .*, straight; the way: port 443 /]],
  ),
  change(
    'Invoices',
    'an address of the internet',
    resource('google_compute_forwarding_rule', { load_balancing_scheme: 'EXTERNAL' }),
    [['public-address', /^it listens on port 443 of a public address$/]],
  ),
  change(
    'Invoices',
    'one more invoker',
    resource('google_cloud_run_v2_service_iam_binding', {
      members: [
        'serviceAccount:${google_service_account.Restate_Account_D51C4278.email}',
        'serviceAccount:till@example-project.iam.gserviceaccount.com',
      ],
    }),
    [['right', /^serviceAccount:till@\S+ has roles\/run\.invoker on cloud-run-service /]],
  ),
  change(
    'Invoices',
    'who may speak in the name of the server',
    added('google_service_account_iam_member', {
      service_account_id: '${google_service_account.Restate_Account_D51C4278.name}',
      role: 'roles/iam.serviceAccountTokenCreator',
      member: 'user:eve@example.com',
    }),
    [['right', /^user:eve@example\.com has roles\/iam\.serviceAccountTokenCreator on service-account /]],
  ),
  change(
    'Invoices',
    'one more operator by tunnel',
    resource('google_iap_tunnel_instance_iam_member', { member: 'allAuthenticatedUsers' }),
    [['right', /^allAuthenticatedUsers has roles\/iap\.tunnelResourceAccessor on instance /]],
  ),
  change(
    'Invoices',
    'a service that asks nobody for a token',
    resource('google_cloud_run_v2_service', { invoker_iam_disabled: true }),
    [['public-address', /^its front end may let requests through without a token$/]],
  ),
  change(
    'Orders',
    'a port of the task',
    template('AWS::EC2::SecurityGroup', 'GroupsTask', (group) => {
      group['SecurityGroupIngress'] = [{ IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, CidrIp: '10.0.0.0/8' }];
    }),
    [
      ['rule', /^tcp 8443 from 10\.0\.0\.0\/8$/],
      ['reachable', /^10\.0\.0\.0\/8: to Envoy's listener ingress .* straight; the way: /],
    ],
  ),
  change(
    'Billing',
    'a balancer of operators on the internet',
    template('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Admin', (balancer) => {
      balancer['Scheme'] = 'internet-facing';
    }),
    [
      ['public-address', /^it has a public address$/],
      ['reachable', /: to Envoy's listener admin .* over port 443, internet-facing; the way: /],
    ],
  ),
  change(
    'Ledger',
    'one more way out',
    template('AWS::EC2::SecurityGroup', 'GroupsTask', (group) => {
      group['SecurityGroupEgress'].push({ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/8' });
    }),
    [['rule', /^tcp 5432 to 10\.0\.0\.0\/8$/]],
  ),
  change(
    'Orders',
    'who may assume a role',
    template('AWS::IAM::Role', 'TaskRole', (role) => {
      role['AssumeRolePolicyDocument'].Statement[0].Principal = { AWS: '*' };
    }),
    [['right', /^anyone: sts:AssumeRole on itself$/]],
  ),
];

/** What the two of them write into their texts alike. */
function inTexts(): readonly OpeningChange[] {
  return (['Billing', 'Invoices'] as const).flatMap((example) => [
    change(example, 'an audience', text(/(\\+"audiences\\+":\[)(\\+")/, '$1$2other$2,$2'), [
      ['credential', /: tokens for other$/],
    ]),
    change(example, 'an issuer', text(/(\\+"issuer\\+":\\+")(?:https|urn):[^\\]*/, '$1https://other.example.com'), [
      ['credential', /: tokens of https:\/\/other\.example\.com$/],
    ]),
    change(example, 'a key of tokens', text(/(\\+"kid\\+":\\+")/, '$1other-'), [
      ['credential', /: tokens signed by key other-/],
    ]),
    change(example, 'the life of tokens', text(/(\\+"max_lifetime\\+":\\+")\d+s/, '$18000000s'), [
      ['limit', /: tokens that live for 8000000 s, where it was \d+$/],
    ]),
    change(example, 'a larger body', text(/(\\+"max_request_bytes\\+":)\d\d+/, '$133554432'), [
      ['limit', /^a body of (?:callers|operators): up to 33554432 bytes, where it was \d+$/],
    ]),
    change(example, 'a method of operators', text(/(\\+"exact\\+":\\+")PATCH/, '$1TRACE'), [
      ['request', /^to the admin of the server: TRACE /],
    ]),
  ]);
}

function change(
  example: Example,
  what: string,
  edit: OpeningChange['edit'],
  told: OpeningChange['told'],
): OpeningChange {
  return { what, example, edit, told };
}

function text(from: RegExp, to: string): OpeningChange['edit'] {
  return (file) => JSON.parse(JSON.stringify(file).replace(from, to)) as EditedFile;
}

/** Other values of the one resource of a type whose name holds this. */
function resource(type: string, values: object, name = ''): OpeningChange['edit'] {
  return (file) => {
    const found = Object.entries(file['resource'][type] as EditedFile).filter(([each]) => each.includes(name));
    if (found.length !== 1) throw new Error(`${found.length} of ${type} ${name}`);
    Object.assign(found[0]![1] as object, values);
    return file;
  };
}

function firewall(name: string, values: object): OpeningChange['edit'] {
  return resource('google_compute_firewall', values, name);
}

function without(type: string, name: string): OpeningChange['edit'] {
  return (file) => {
    const rules = file['resource'][type] as EditedFile;
    for (const each of Object.keys(rules)) if (each.includes(name)) delete rules[each];
    return file;
  };
}

function added(type: string, body: object): OpeningChange['edit'] {
  return (file) => {
    file['resource'][type] = { ...(file['resource'][type] as object), added: body };
    return file;
  };
}

/** The one resource of a template of a type whose id holds this. */
function template(type: string, name: string, edit: (properties: EditedFile) => void): OpeningChange['edit'] {
  return (file) => {
    const found = Object.entries(file['Resources'] as Record<string, EditedFile>).filter(
      ([id, body]) => body['Type'] === type && id.includes(name),
    );
    if (found.length !== 1) throw new Error(`${found.length} of ${type} ${name}: ${found.map(([id]) => id).join()}`);
    edit(found[0]![1]['Properties'] as EditedFile);
    return file;
  };
}
