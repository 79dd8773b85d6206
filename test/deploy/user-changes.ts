import type { Change } from './example-app';
import { DEPLOYED, type Deployed } from './expected/example';
import { expected } from './expected/expected';

/** What users of the examples change: who calls, which image runs, and keys that are written down instead of fetched. */
export const USER_CHANGES: readonly Change[] = [
  { file: 'internal-stack.ts', from: "Peer.cidr('10.20.0.0/16')", to: "Peer.cidr('10.21.0.0/16')" },
  { file: 'mirrored.ts', from: "'1'.repeat(64)", to: "'3'.repeat(64)" },
  {
    file: 'public-stack.ts',
    from: "jwksUri: 'https://login.example.com/keys.json'",
    to: `jwks: { keys: [{
      kty: 'EC', crv: 'P-256', alg: 'ES256', kid: '1',
      x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA', y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
    }] }`,
  },
];

/** What is seen of an example with those changes: all else as before. */
export function expectedAfter(example: Deployed): Readonly<Record<string, unknown>> {
  const before = expected(example) as Record<string, unknown> & {
    readonly [RULES]: readonly string[];
    readonly [CONTAINERS]: readonly string[];
  };
  return {
    ...before,
    [RULES]: before[RULES].map((rule) => rule.replace('10.20.0.0/16', '10.21.0.0/16'))
      .filter((rule) => !/^\{SecurityGroupsTask\} > [0-9]/.test(rule))
      .toSorted(),
    [CONTAINERS]: before[CONTAINERS].map((line) => line.replace('1'.repeat(64), '3'.repeat(64))),
  };
}

const RULES = 'the rules of each group are those of the model, in and out';
const CONTAINERS = 'images, users and rights of the containers';

/** What is made anew for them: nothing that holds data, or that anybody knows by name. */
export const MADE_ANEW: Readonly<Record<Deployed, readonly string[]>> = Object.fromEntries(
  DEPLOYED.map((example) => [example, ['TaskDefinition']]),
) as Record<Deployed, string[]>;
