import { disagreements, type Edits } from '../parity/disagreements';
import { FORCED_DIFFERENCES } from '../parity/forced-differences';
import { generatedModel, type ParityModel } from '../parity/model';

/** PARITY_SEED=1000 compares other models. */
const FIRST = Number(process.env['PARITY_SEED'] ?? 1);
const MODELS = 200;
const BATCH = 20;

const BATCHES = Array.from({ length: MODELS / BATCH }, (_, index) => FIRST + index * BATCH);

describe('one model on both clouds admits the same flows, but for what the clouds force:', () => {
  test.each(BATCHES)('twenty models from seed %d on', (first) => {
    const seeds = Array.from({ length: BATCH }, (_, index) => first + index);
    const wrong = seeds.flatMap((seed) => disagreements(generatedModel(seed)).map((what) => `seed ${seed}: ${what}`));
    expect(wrong).toEqual([]);
  });
});

test('among the models is each kind of door beside each other, and each difference that the clouds force', () => {
  const models = Array.from({ length: MODELS }, (_, index) => generatedModel(FIRST + index));
  for (const { name, aws, google } of FORCED_DIFFERENCES) {
    const isForced = models.some((model) => aws(model).length + google(model).length > 0);
    expect([name, isForced]).toEqual([name, true]);
  }
  const kinds = new Set(models.map(kindOf));
  expect(kinds.size).toBe(2 ** 4);
});

/** A model of each kind of door: certificates of Envoy, operators, callers by block and by workload. */
const WITH_ALL = firstModel(
  ({ certificate, from, admin, fetches }) =>
    certificate === 'proxy' &&
    from !== 'internet' &&
    from.workloads.length > 0 &&
    from.blocks.some((block) => block.startsWith('10.')) &&
    admin !== undefined &&
    admin.from.workloads.length > 0 &&
    !fetches,
);
const BY_POLICY = firstModel(({ certificate, from }) => certificate === 'balancer' && from !== 'internet');

/** One edit of what was synthesised on one cloud, and by what it is noticed. */
interface Mutant {
  readonly name: string;
  readonly model?: ParityModel;
  readonly edits: Edits;
  readonly noticed: RegExp;
}

const MUTANTS: readonly Mutant[] = [
  {
    name: 'a block of callers that is wider on AWS',
    edits: { aws: replacing(/"CidrIp":"10\.[^"]*"/, '"CidrIp":"10.0.0.0/8"') },
    noticed: /^on AWS alone: in: ingress of the proxy is reached over tcp by 10\.0\.0\.0\/8$/,
  },
  {
    name: 'a block of callers that is wider on Google',
    edits: { google: replacing(/"source_ranges":\["10\.[^"]*"/, '"source_ranges":["10.0.0.0/8"') },
    noticed: /^on Google alone: in: (?:ingress|admin) of the proxy is reached over tcp by 10\.0\.0\.0\/8$/,
  },
  {
    name: 'a workload that is let in on Google alone',
    edits: {
      google: replacing(
        /"source_service_accounts":\[/,
        '"source_service_accounts":["batch-1@my-project.iam.gserviceaccount.com",',
      ),
    },
    noticed: /^on Google alone: in: .* is reached over tcp by workload batch$/,
  },
  {
    name: 'a workload that is let in on AWS no more',
    edits: { aws: editingRules('Balancer', (rules) => rules.filter((rule) => !('SourceSecurityGroupId' in rule))) },
    noticed: /^on Google alone: in: ingress of the proxy is reached over tcp by workload /,
  },
  {
    name: 'a port of the server that is opened on AWS',
    edits: {
      aws: editingRules('Task', (rules) => [
        ...rules,
        { IpProtocol: 'tcp', FromPort: 5122, ToPort: 5122, CidrIp: '10.0.0.0/8' },
      ]),
    },
    noticed: /^on AWS alone: in: the server's own fabric is reached over tcp by 10\.0\.0\.0\/8$/,
  },
  {
    name: 'a port of the server that is opened on Google',
    edits: { google: replacing(/"allow":\[\{"ports":\["8444"\]/, '"allow":[{"ports":["8444","9070"]') },
    noticed: /^on Google alone: in: the server's own admin is reached over tcp by /,
  },
  {
    name: 'another protocol on AWS',
    edits: {
      aws: editingRules('Balancer', (rules) => [
        ...rules,
        { IpProtocol: 'udp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' },
      ]),
    },
    noticed: /^on AWS alone: stray udp 443 by /,
  },
  {
    name: 'every protocol on Google',
    edits: { google: replacing(/"allow":\[\{"ports":\["443"\],"protocol":"tcp"\}\]/, '"allow":[{"protocol":"all"}]') },
    noticed: /^on Google alone: stray icmp +from 10\./,
  },
  {
    name: 'a rule that denied on Google',
    edits: { google: replacing(/"deny":\[\{"protocol":"all"\}\]/g, '"deny":[{"protocol":"udp"}]') },
    noticed: /^on Google alone: out: the server reaches /,
  },
  {
    name: 'a way out on AWS',
    edits: {
      aws: replacing(
        /\{"Description":"Restate to services"/,
        '{"CidrIp":"0.0.0.0/0","IpProtocol":"tcp","FromPort":443,"ToPort":443},$&',
      ),
    },
    noticed: /^on AWS alone: out: the server reaches tcp 443 of 0\.0\.0\.0\/0$/,
  },
  {
    name: 'a balancer of AWS on the internet',
    edits: { aws: replacing(/"Scheme":"internal"/, '"Scheme":"internet-facing"') },
    noticed: /^on AWS alone: in: .* of an address that is internet-facing$/,
  },
  {
    name: 'an address of Google on the internet',
    edits: { google: replacing(/"load_balancing_scheme":"INTERNAL"/g, '"load_balancing_scheme":"EXTERNAL"') },
    noticed: /^on Google alone: in: .* of an address that is internet-facing$/,
  },
  {
    name: 'a policy of callers that is wider',
    model: BY_POLICY,
    edits: { google: replacing(/"src_ip_ranges":\["(?!\*)[^"]*"/, '"src_ip_ranges":["20.0.0.0/7"') },
    noticed: /^on Google alone: in: ingress of the proxy is reached over tcp by 20\.0\.0\.0\/7$/,
  },
  {
    name: 'no policy of callers',
    model: BY_POLICY,
    edits: { google: replacing(/"security_policy":"[^"]*",?/, '') },
    noticed: /^on Google alone: in: ingress of the proxy is reached over tcp by 0\.0\.0\.0\/0$/,
  },
  ...(['aws', 'google'] as const).flatMap((cloud): readonly Mutant[] => {
    const where = cloud === 'aws' ? 'AWS' : 'Google';
    return [
      {
        name: `an audience on ${where}`,
        edits: { [cloud]: replacing(/(\\+")audiences\\+":\[/, '$&$1other$1,') },
        noticed: new RegExp(`^the proxy on ${where} admits more: .*tokens for other`),
      },
      {
        name: `an issuer on ${where}`,
        edits: { [cloud]: replacing(/(\\+"issuer\\+":\\+")[^\\]*/, '$1https://other.example.com/') },
        noticed: new RegExp(`^the proxy on ${where} admits more: .*tokens of https://other`),
      },
      {
        name: `a life of tokens on ${where}`,
        edits: { [cloud]: replacing(/(\\+"max_lifetime\\+":\\+")\d+s/, '$131622399s') },
        noticed: new RegExp(`^on ${where} alone: proxy/.*max_lifetime = "31622399s"$`),
      },
      {
        name: `a scope on ${where}`,
        edits: { [cloud]: replacing(/ops:deploy/, 'ops:other') },
        noticed: new RegExp(`^the proxy on ${where} admits more: to the admin of the server: .*scope ops:other`),
      },
      {
        name: `a method that operators have on ${where}`,
        edits: { [cloud]: replacing(/(\\+"exact\\+":\\+")PATCH/, '$1TRACE') },
        noticed: new RegExp(`^the proxy on ${where} admits more: to the admin of the server: TRACE`),
      },
      {
        name: `a host name on ${where}`,
        edits: { [cloud]: replacing(/(\\+"domains\\+":\[)(\\+")/, '$1$2other.example.com$2,$2') },
        noticed: new RegExp(`^on ${where} alone: proxy/.*other\\.example\\.com`),
      },
      {
        name: `a limit of bodies on ${where}`,
        edits: { [cloud]: replacing(/(max_request_bytes\\+":)\d+/, '$17') },
        noticed: new RegExp(`^on ${where} alone: proxy/.*max_request_bytes = 7$`),
      },
    ];
  }),
];

describe('what is changed on one cloud alone is noticed:', () => {
  test.each(MUTANTS)('$name', ({ model = WITH_ALL, edits, noticed }) => {
    expect(disagreements(model, edits)).toContainEqual(expect.stringMatching(noticed));
  });
});

function kindOf({ certificate, from, admin, fetches }: ParityModel): string {
  return [certificate, from === 'internet', admin !== undefined, fetches].join();
}

function firstModel(isIt: (model: ParityModel) => boolean): ParityModel {
  return Array.from({ length: 1_000 }, (_, seed) => generatedModel(seed)).find(isIt)!;
}

function replacing(what: RegExp, by: string): (text: string) => string {
  return (text) => text.replace(what, by);
}

type Rules = readonly Readonly<Record<string, unknown>>[];

/** The rules within a group by which somebody is let in. */
function editingRules(group: 'Balancer' | 'Task', edit: (rules: Rules) => Rules): (text: string) => string {
  return (text) => {
    const file = JSON.parse(text) as { Resources: Record<string, { Properties: { SecurityGroupIngress?: Rules } }> };
    const id = Object.keys(file.Resources).find((each) => each.startsWith(`RestateSecurityGroups${group}`))!;
    const { Properties: properties } = file.Resources[id]!;
    properties.SecurityGroupIngress = edit(properties.SecurityGroupIngress ?? []);
    return JSON.stringify(file);
  };
}
