import { join } from 'node:path';
import type { Artifact } from '../../../lib/artifact/artifact';
import type { IamGrant } from '../../../lib/artifact/iam-grant';
import type { FrontRecord } from '../../../lib/prove/google-cloud/front';
import type { AttackResult } from '../../../lib/prove/report';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';
import { runScenario, testInSandbox } from '../../prove/network/in-sandbox';
import { account, cloudRunService, googleArtifact, grant, member } from '../../prove/google-cloud/a-google-artifact';

interface Served {
  readonly said?: string;
  readonly attacks: readonly AttackResult[];
  readonly metadata: readonly string[];
  readonly front: readonly FrontRecord[];
}

interface Found {
  readonly served: readonly Served[];
  readonly decided: readonly (AttackResult | null)[];
}

const onAccount = (name: string, role: string, ...by: readonly string[]): IamGrant =>
  grant({ id: `on ${name}`, level: 'service-account', on: account(name), role: [role], members: by.map(member) });

const MINT = 'roles/iam.serviceAccountOpenIdTokenCreator';

const granted = (...more: readonly IamGrant[]): Artifact => googleArtifact({ grants: [grant(), ...more] });
const everybody = (level: IamGrant['level'], name: string): Artifact =>
  granted(
    grant({ id: 'everybody', level, ...(level === 'cloud-run-service' ? {} : { on: ['acme'] }), members: [[name]] }),
  );
const service = (overrides: Parameters<typeof cloudRunService>[0]): Artifact =>
  googleArtifact({ cloudRun: [cloudRunService(overrides)] });

/** The server calls in the name of an account that it may have tokens made for, and that no one else may. */
const IMPERSONATING = googleArtifact({
  grants: [grant({ members: [member('caller')] }), onAccount('caller', MINT, 'restate')],
});

/** A guard that is missing, and the attack that finds it. */
const MUTANTS: Readonly<Record<string, readonly [attack: string, artifact: Artifact]>> = {
  'ingress from everywhere': ['cloud-run-from-internet', service({ ingress: 'all' })],
  'no invoker check': ['cloud-run-without-token', service({ invokerCheck: 'off' })],
  'allUsers on the service': ['cloud-run-without-token', everybody('cloud-run-service', 'allUsers')],
  'allUsers on the project': ['cloud-run-token-of-stranger', everybody('project', 'allUsers')],
  'allAuthenticatedUsers on the service': [
    'cloud-run-token-of-stranger',
    everybody('cloud-run-service', 'allAuthenticatedUsers'),
  ],
  'allAuthenticatedUsers on the folder': ['cloud-run-token-of-stranger', everybody('folder', 'allAuthenticatedUsers')],
  'another account on the service': ['cloud-run-token-of-neighbour', granted(grant({ members: [member('stranger')] }))],
  "the service's own account on the organization": [
    'cloud-run-token-of-neighbour',
    granted(grant({ level: 'organization', on: ['1'], members: [member('greeter')] })),
  ],
  'a person by a custom role': [
    'cloud-run-token-of-neighbour',
    granted(grant({ role: ['mine'], permissions: ['run.routes.invoke'], members: [['user:eve@example.com']] })),
  ],
  'an account that may have tokens made': [
    'cloud-run-token-by-minting',
    granted(onAccount('restate', MINT, 'stranger')),
  ],
  'an account that may act as another that may': [
    'cloud-run-token-by-minting',
    granted(
      onAccount('restate', MINT, 'middle'),
      onAccount('middle', 'roles/iam.serviceAccountTokenCreator', 'stranger'),
    ),
  ],
  "an audience of somebody else's": [
    'cloud-run-token-for-another',
    service({ customAudiences: [['https://www.googleapis.com/']] }),
  ],
  'HTTP/1 at the container': ['cloud-run-http1-at-container', service({ port: { number: 9080, protocol: 'http1' } })],
};

/** What the run cannot decide must not hold. */
const IN_DOUBT: Readonly<Record<string, readonly [attack: string, artifact: Artifact]>> = {
  'a group on the service': ['cloud-run-token-of-neighbour', granted(grant({ members: [['group:ops@example.com']] }))],
  'a grant on a condition': [
    'cloud-run-token-of-neighbour',
    granted(grant({ conditional: true, members: [member('stranger')] })),
  ],
  'an ingress that the file does not say': ['cloud-run-from-internet', service({ ingress: 'unknown' })],
  'an ingress for balancers that stand in no file': [
    'cloud-run-from-internet',
    service({ ingress: 'internal-and-balancer' }),
  ],
};

testInSandbox(
  'the real server calls private services through the front end, in both ways to show itself, and each missing guard is found by its attack',
  async () => {
    const toolchain = await installToolchain({ restateVersion: '1.7.12' });
    const cases = { ...MUTANTS, ...IN_DOUBT };
    const { served, decided } = runScenario(
      join(__dirname, '../../prove/google-cloud/cloud-run-scenario.ts'),
      120_000,
      {
        SCENARIO: JSON.stringify({
          ...toolchain,
          served: [googleArtifact(), IMPERSONATING],
          decided: Object.values(cases).map(([attack, artifact]) => ({ attack, artifact })),
        }),
      },
    ) as Found;

    for (const { said, attacks } of served) {
      expect(said).toBeUndefined();
      const verdicts = attacks.map(({ id, verdict, observed, control }) =>
        verdict === 'holds' ? `${id} ${verdict}` : `${id} ${verdict} ${observed} (${control.observed})`,
      );
      expect(verdicts.filter((each) => !each.endsWith(' holds'))).toEqual([]);
      expect(verdicts).toHaveLength(12);
    }
    const [ambient, impersonating] = served;
    expect(ambient?.metadata.some((request) => request.includes('/identity?audience=https%3A%2F%2Fgreeter-'))).toBe(
      true,
    );
    expect(
      impersonating?.front.some(({ host, status }) => host === 'iamcredentials.googleapis.com' && status === 200),
    ).toBe(true);
    expect(impersonating?.metadata.some((request) => request.includes('/identity'))).toBe(false);

    const verdicts = Object.fromEntries(Object.keys(cases).map((name, index) => [name, decided[index]?.verdict]));
    expect(verdicts).toEqual({
      ...Object.fromEntries(Object.keys(MUTANTS).map((name) => [name, 'broken'])),
      ...Object.fromEntries(Object.keys(IN_DOUBT).map((name) => [name, 'unproven'])),
    });
  },
  180_000,
);
