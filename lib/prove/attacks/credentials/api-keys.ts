import { literal } from '../../../artifact/text';
import { API_KEY_ISSUER } from '../../../core/api-keys-auth';
import type { Attack, Observation } from '../../attack';
import type { Deployment, Issuer } from '../../deployment';
import { callerAttack, type CallerAttack } from '../caller-attack';
import { goodCaller } from '../good-call';
import { tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { tokensOpenNothing } from './open-nothing';

/** Keys of an operator that are good no more, or never were for this door, and what of them the deployment holds. */
export const API_KEY_ATTACKS: readonly Attack[] = [
  keyAttack({
    id: 'revoked-api-key',
    attempt: 'show an API key that was withdrawn before it expired',
    notApplicable: ({ credentials }) =>
      credentials.revokedIds.length === 0 ? 'no API key has been withdrawn yet' : undefined,
    calls: (keys, { credentials }) =>
      Object.fromEntries(credentials.revokedIds.map((jti) => [jti, { token: keys.token({ claims: { jti } }) }])),
  }),
  keyAttack({
    id: 'api-key-without-id',
    attempt: 'show an API key that could never be withdrawn, because it has no id',
    calls: (keys) => ({
      'no id': { token: keys.token({ claims: { jti: undefined } }) },
      'an empty id': { token: keys.token({ claims: { jti: '' } }) },
      'a number': { token: keys.token({ claims: { jti: 7 } }) },
      'a list': { token: keys.token({ claims: { jti: ['id'] } }) },
    }),
  }),
  keyAttack({
    id: 'api-key-of-another-deployment',
    attempt: 'show an API key that the same operator made for another door',
    calls: (keys, { door: { hostname } }) => {
      const domain = hostname.split('.').slice(1).join('.');
      const others = {
        'another deployment': 'other.example.com',
        'the door of its operators': `admin.${hostname}`,
        'a neighbour': `other.${domain}`,
        'the domain above': domain,
        'every host': `*.${domain}`,
      };
      return Object.fromEntries(
        Object.entries(others).map(([name, aud]) => [name, { token: keys.token({ claims: { aud } }) }]),
      );
    },
  }),
  {
    id: 'api-key-from-the-file',
    claim: 'api-key-not-stored',
    from: 'caller',
    attempt: 'a search of all that the file gives its containers for something that makes a key, matches one or is one',
    expected: 'public keys alone',
    notApplicable: takesNoKeys,
    run: (deployment) => Promise.resolve(searchKeys(deployment)),
    control: {
      from: 'caller',
      attempt:
        'the same search finds public keys, and a good caller is served: with what their owner signs, where that opens anything',
      run: async (deployment) => {
        const found = textsOf(deployment).filter((text) => PUBLIC_KEY.test(text)).length;
        const good =
          tokensOpenNothing(deployment) === undefined
            ? { token: keysOf(deployment)?.token() ?? '' }
            : goodCaller(deployment);
        const seen = await tryCall(deployment, callersDoor(deployment), good);
        return { succeeded: seen.succeeded && found > 0, observed: `found in ${found} texts; ${seen.observed}` };
      },
    },
  },
];

interface KeyAttack extends Pick<CallerAttack, 'id' | 'attempt' | 'notApplicable'> {
  readonly calls: (keys: Issuer, deployment: Deployment) => ReturnType<CallerAttack['calls']>;
}

function keyAttack({ calls, notApplicable, ...named }: KeyAttack): Attack {
  return callerAttack({
    ...named,
    claim: 'api-key-not-stored',
    expected: '401 or 403 from the proxy',
    notApplicable: (deployment) =>
      takesNoKeys(deployment) ?? tokensOpenNothing(deployment) ?? notApplicable?.(deployment),
    calls: (deployment) => {
      const keys = keysOf(deployment);
      return keys === undefined ? {} : calls(keys, deployment);
    },
    control: {
      attempt: 'show an API key for this door, with an id of its own',
      call: (deployment) => ({ token: keysOf(deployment)?.token() ?? '' }),
    },
  });
}

function keysOf({ credentials }: Deployment): Issuer | undefined {
  return credentials.issuers.find(({ issuer }) => issuer === API_KEY_ISSUER);
}

function takesNoKeys(deployment: Deployment): string | undefined {
  return keysOf(deployment) === undefined ? 'no API keys are accepted' : undefined;
}

/** Quotation marks are escaped where one JSON text stands in another. */
const QUOTE = String.raw`\\*"`;
const PUBLIC_KEY = new RegExp(`${QUOTE}kid${QUOTE}`);

/** What would make a key, or match one that somebody shows, if it stood in the file. */
const MATERIAL: Readonly<Record<string, RegExp>> = {
  'the private part of a key': new RegExp(String.raw`${QUOTE}(?:d|p|q|dp|dq|qi|k)${QUOTE}\s*:\s*${QUOTE}[\w-]{16,}`),
  'a shared secret': new RegExp(String.raw`${QUOTE}kty${QUOTE}\s*:\s*${QUOTE}oct`),
  'a private key in PEM': /-----BEGIN (?:\w+ )*PRIVATE KEY-----\s*[\w+/=]{16}/,
  'a signed token': /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]{16,}/,
  'a list of keys': /filters\.http\.(?:api_key_auth|basic_auth)/,
};

function searchKeys(deployment: Deployment): Observation {
  const texts = textsOf(deployment);
  const found = Object.entries(MATERIAL).filter(([, pattern]) => texts.some((text) => pattern.test(text)));
  if (found.length > 0) return { succeeded: true, observed: `found ${found.map(([name]) => name).join(', ')}` };
  return {
    succeeded: false,
    observed: `nothing of the kind in ${texts.length} arguments and variables`,
    refusedBy: 'file: holds public keys alone',
  };
}

/** As the file has them: in the run keys of its own take their place. References hold nothing. */
function textsOf({ host }: Deployment): readonly string[] {
  return host.containers
    .flatMap(({ entryPoint = [], command = [], environment }) => [
      ...entryPoint,
      ...command,
      ...Object.values(environment),
    ])
    .map((text) => literal(text.filter((part) => typeof part === 'string')) ?? '');
}
