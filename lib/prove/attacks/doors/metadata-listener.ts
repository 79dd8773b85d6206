import { literal } from '../../../artifact/text';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { powersOf } from '../../../artifact/iam/powers';
import { accountKey, principalOf } from '../../../artifact/iam/principal';
import type { HttpProbe, ProbeReport } from '../../probe';
import { uniqueKey } from '../planted';
import { tryEach, type Variant } from '../variants';
import { arrives } from './metadata';
import { REGISTRATION_OF_SERVICE, rehearseRaw } from './registration';

const ROOT = '/computeMetadata/v1/';
const ACCOUNT = `${ROOT}instance/service-accounts/default`;
const FLAVOR = ['metadata-flavor', 'Google'] as const;
const TIMEOUT_MS = 3000;

/** The one way to the metadata server that the server itself has: a listener of the proxy, which lets few requests through. */
export const METADATA_LISTENER_ATTACKS: readonly Attack[] = [
  {
    id: 'registration-of-metadata-listener',
    claim: 'metadata-unreachable',
    from: 'task',
    attempt:
      "registration of the proxy's listener for the metadata server, with the header that it asks for and the paths of tokens",
    expected: 'refused by the proxy: a registration ends in a path of its own',
    notApplicable: withoutListener,
    run: (deployment) => tryEach(registrations(deployment)),
    control: REGISTRATION_OF_SERVICE,
  },
  {
    id: 'metadata-listener-paths',
    claim: 'metadata-unreachable',
    from: 'task',
    attempt: "requests at the proxy's listener for the metadata server for anything but an ID token",
    expected: 'refused by the proxy',
    notApplicable: withoutListener,
    run: (deployment) => tryEach(requests(deployment)),
    control: {
      from: 'task',
      attempt: 'a request there for an ID token',
      run: async (deployment) => {
        const path = `${ACCOUNT}/identity?audience=https%3A%2F%2Fexample.com&format=standard`;
        const report = await ask(deployment, { method: 'GET', path, headers: [FLAVOR] });
        if (report.outcome !== 'response') return { succeeded: false, observed: report.outcome };
        return { succeeded: report.status === 200, observed: `answered ${report.status}` };
      },
    },
  },
];

function withoutListener(deployment: Deployment): string | undefined {
  return listenerPort(deployment) === undefined ? 'the server is given no way to a metadata server' : undefined;
}

/** Where the server is told to look for the metadata server, if that is on loopback. */
function listenerPort({ restate }: Deployment): number | undefined {
  const host = literal(restate.container.environment['GCE_METADATA_HOST'] ?? []) ?? '';
  const [, port] = /^(?:127\.0\.0\.1|localhost):(\d+)$/.exec(host) ?? [];
  return port === undefined ? undefined : Number(port);
}

function registrations(deployment: Deployment): readonly Variant[] {
  const paths: Readonly<Record<string, string>> = {
    'an ID token': `${ACCOUNT}/identity`,
    'an access token': `${ACCOUNT}/token`,
    'what follows made a fragment': `${ACCOUNT}/token#`,
    'what follows made a parameter': `${ACCOUNT}/token;`,
    'what follows taken back': `${ACCOUNT}/token/..%2f`,
    'an escaped question mark': `${ACCOUNT}/token%3f`,
    'the whole of it': `${ROOT}instance/`,
  };
  return Object.entries(paths).flatMap(([name, path]) =>
    [true, false].map((http11) => ({
      name: `${name}, HTTP/${http11 ? '1.1' : '2'}`,
      run: () => register(deployment, { path, http11 }),
    })),
  );
}

async function register(
  deployment: Deployment,
  { path, http11 }: { readonly path: string; readonly http11: boolean },
): Promise<Observation> {
  const key = uniqueKey();
  const [own, fragment] = path.split('#');
  const uri = `http://127.0.0.1:${listenerPort(deployment)}${own}?audience=${key}${fragment === undefined ? '' : '#'}`;
  const said = rehearseRaw(deployment, {
    uri,
    use_http_11: http11,
    additional_headers: Object.fromEntries([FLAVOR]),
  });
  const arrived = await arrives(deployment, (request) => request.includes(key), said);
  if (arrived) return { succeeded: true, observed: 'the metadata server was asked' };
  const answer = (await said).slice('500 '.length);
  const [status] = /\b40[0-9]\b/.exec(answer) ?? [];
  // what the server says of a peer that does not take HTTP/2 for HTTP
  if (!http11 && answer.includes('META0014')) {
    return { succeeded: false, observed: 'nothing arrived', refusedBy: 'envoy: no HTTP/2 there' };
  }
  return status === undefined
    ? { succeeded: false, observed: `nothing arrived; the server said: ${answer}` }
    : { succeeded: false, observed: 'nothing arrived', refusedBy: `envoy: ${status}` };
}

type ListenerRequest = Pick<HttpProbe, 'method' | 'path' | 'headers' | 'body' | 'trailers'>;

function get(path: string): ListenerRequest {
  return { method: 'GET', path, headers: [FLAVOR] };
}

function requests(deployment: Deployment): readonly Variant[] {
  const identity = get(`${ACCOUNT}/identity?audience=x`);
  const asked: Readonly<Record<string, ListenerRequest>> = {
    ...(mayImpersonate(deployment) ? {} : { 'an access token': get(`${ACCOUNT}/token`) }),
    'everything of the machine': get(`${ROOT}instance/?recursive=true`),
    'the start-up data of the machine': get(`${ROOT}instance/attributes/user-data`),
    'keys of the project': get(`${ROOT}project/attributes/ssh-keys`),
    'the name of the project': get(`${ROOT}project/project-id`),
    'another name of the account': get(`${ROOT}instance/service-accounts/restate@example.com/identity?audience=x`),
    'a path below': get(`${ACCOUNT}/identity/`),
    'a path beside': get(`${ACCOUNT}/identity/../scopes`),
    'the same, escaped': get(`${ACCOUNT}/identity%2f..%2fscopes`),
    'the old version': get('/computeMetadata/v1beta1/instance/service-accounts/default/token'),
    'another method': { ...identity, method: 'POST' },
    'a body that does not say how long it is': { ...identity, trailers: [], body: 'a body' },
    'no header': { ...identity, headers: [] },
  };
  return Object.entries(asked).map(([name, request]) => ({
    name,
    run: async (): Promise<Observation> => {
      const report = await ask(deployment, request);
      if (report.outcome !== 'response') return { succeeded: false, observed: `no answer (${report.outcome})` };
      const { status, headers } = report;
      const observed = `answered ${status}`;
      if (status < 300 || headers['metadata-flavor'] !== undefined) return { succeeded: true, observed };
      return { succeeded: false, observed, refusedBy: `envoy: ${status}` };
    },
  }));
}

/** Acting in the name of another account takes an access token of the machine's own, whichever service it is for. */
function mayImpersonate({ artifact, host }: Deployment): boolean {
  const own = host.instance?.account && accountKey(host.instance.account);
  return (artifact.grants ?? []).some(
    (grant) =>
      grant.level === 'service-account' &&
      accountKey(grant.on) !== own &&
      powersOf(grant)?.some((power) => power === 'mint' || power === 'become') === true &&
      grant.members.map(principalOf).some((member) => member.kind === 'account' && member.key === own),
  );
}

function ask(deployment: Deployment, request: ListenerRequest): Promise<ProbeReport> {
  const port = listenerPort(deployment) ?? 0;
  return deployment.place('task').probe({
    kind: 'http',
    protocol: 'http/1.1',
    address: '127.0.0.1',
    port,
    // as the server names it
    authority: `127.0.0.1:${port}`,
    timeoutMs: TIMEOUT_MS,
    ...request,
  });
}
