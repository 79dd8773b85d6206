import { generateIdentityKey, publicKeyOf } from '../../../restate/request-identity';
import type { Attack, Attempt, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { SERVERLESS } from '../../google-cloud/front-decision';
import type { HttpProbe } from '../../probe';
import { connectionOutcome } from '../doors/connection-refusal';
import { goodCaller } from '../good-call';
import { callersDoor } from '../ingress-door';
import { tryCall } from '../ingress-call';
import { REGISTRATION_OF_SERVICE } from '../doors/registration';
import { identityKey, type Signature, signatureHeaders, TOKEN_HEADER, whyUnsigned } from './signed-request';
import { tryEach, type Variant } from '../variants';

type Headers = readonly (readonly [string, string])[];

const DISCOVER = '/discover';
const INVOKE = '/invoke/Greeter/greet';
/** Marks requests of ours, so that they are not taken for the server's. */
const PROBE_HEADER = 'x-portcullis-probe';
/** What the SDK may answer a discovery with. */
const MANIFESTS = [1, 2, 3, 4].map((version) => `application/vnd.restate.endpointmanifest.v${version}+json`).join(', ');

/** The server signs whatever it sends, discoveries and invocations. */
function requestsUnsigned(): Attack {
  return {
    id: 'requests-unsigned',
    claim: 'requests-signed',
    from: 'service',
    attempt: 'a look for a request of the server, discovery or invocation, that is not signed for its path',
    expected: 'each is signed, and verifies with the public key of the run',
    run: async (deployment) => {
      const key = identityKey(deployment);
      await provokeRequests(deployment);
      const requests = await serverRequests(deployment);
      const faults = requests.map((request) =>
        key === undefined ? 'no key is configured' : whyUnsigned(request, key),
      );
      const bad = requests.findIndex((_, index) => faults[index] !== undefined);
      if (bad >= 0) return { succeeded: true, observed: `${requests[bad]?.path}: ${faults[bad]}` };
      const observed = `${requests.length} requests, each signed for its path`;
      return {
        succeeded: false,
        observed,
        refusedBy: `restate: signs as ${key === undefined ? 'nobody' : publicKeyOf(key)}`,
      };
    },
    control: {
      from: 'service',
      attempt: 'the service is discovered and invoked',
      run: async (deployment) => {
        await provokeRequests(deployment);
        const paths = (await serverRequests(deployment)).map(({ path }) => path);
        const [found, called] = [
          paths.filter(isDiscovery).length,
          paths.filter((path) => path.startsWith('/invoke/')).length,
        ];
        return { succeeded: found > 0 && called > 0, observed: `${found} discoveries, ${called} invocations` };
      },
    },
  };
}

async function provokeRequests(deployment: Deployment): Promise<void> {
  await Promise.all([
    tryCall(deployment, callersDoor(deployment), goodCaller(deployment)),
    REGISTRATION_OF_SERVICE.run(deployment),
  ]);
}

async function serverRequests(deployment: Deployment): ReturnType<Deployment['service']['requests']> {
  const requests = await deployment.service.requests();
  return requests.filter(
    ({ path, headers }) => (isDiscovery(path) || path.startsWith('/invoke/')) && headers[PROBE_HEADER] === undefined,
  );
}

function isDiscovery(path: string): boolean {
  return path.endsWith(DISCOVER);
}

/** The security group of services admits the server's task alone, so this is where somebody would stand who gets to a service at all. */
function serviceCall(id: string, attempt: string): Omit<Attack, 'run'> {
  return {
    id,
    claim: 'service-verifies-identity',
    from: 'task',
    attempt: `${attempt}, sent to the service`,
    expected: '401 from the service',
    control: CORRECTLY_SIGNED,
  };
}

const CORRECTLY_SIGNED: Attempt = {
  from: 'task',
  attempt: "the same request, signed for its path with the run's key",
  run: async (deployment) => {
    const headers = signed(deployment, { audience: DISCOVER });
    const seen = await ask(deployment, DISCOVER, headers);
    return { succeeded: seen.status === 200, observed: seen.observed };
  },
};

function call(deployment: Deployment, name: string, path: string, headers: Headers): Variant {
  return {
    name,
    run: async (): Promise<Observation> => {
      const { status, observed } = await ask(deployment, path, headers);
      if (status === 401) return { succeeded: false, observed, refusedBy: 'service: 401' };
      return { succeeded: status !== undefined, observed };
    },
  };
}

async function ask(
  deployment: Deployment,
  path: string,
  headers: Headers,
): Promise<{ readonly status?: number; readonly observed: string }> {
  const { address, port } = deployment.service;
  const report = await deployment.place('task').probe({
    kind: 'http',
    protocol: 'h2',
    address,
    port,
    method: path === DISCOVER ? 'GET' : 'POST',
    path,
    authority: 'service',
    ...pastFront(deployment, [['accept', MANIFESTS], [PROBE_HEADER, '1'], ...headers]),
    timeoutMs: 4000,
  });
  if (report.outcome === 'response') return { status: report.status, observed: `answered ${report.status}` };
  return { observed: `no answer: ${report.outcome === 'failed' ? report.detail : 'no HTTP'}` };
}

/** On Cloud Run the front end asks for a token of its own before the service is asked anything. */
function pastFront({ cloudRun }: Deployment, headers: Headers): Pick<HttpProbe, 'headers'> & Partial<HttpProbe> {
  if (cloudRun === undefined) return { headers };
  const { registered, plan, idToken } = cloudRun;
  const token = idToken({ email: plan.caller ?? '', audience: registered.url });
  return {
    authority: registered.host,
    tls: { servername: registered.host },
    headers: [[SERVERLESS, `Bearer ${token}`], ...headers],
  };
}

function signed(deployment: Deployment, signature: Omit<Signature, 'privateKeyPem'>): Headers {
  return signatureHeaders({ privateKeyPem: needKey(deployment), ...signature });
}

/** A deployment that signs nothing has no key; what the service then lets in shows all the same with any other. */
function needKey(deployment: Deployment): string {
  return identityKey(deployment) ?? generateIdentityKey().privateKeyPem;
}

async function capturedSignature(deployment: Deployment): Promise<Headers> {
  await REGISTRATION_OF_SERVICE.run(deployment);
  const discovery = (await serverRequests(deployment)).findLast(({ path }) => isDiscovery(path));
  const token = discovery?.headers[TOKEN_HEADER];
  if (token === undefined) return [];
  return [
    ['x-restate-signature-scheme', 'v1'],
    [TOKEN_HEADER, token],
  ];
}

/** Before any signature is asked for: the group of services keeps everybody but the server away. */
function serviceFromStranger(): Attack {
  return {
    id: 'service-from-stranger',
    claim: 'service-verifies-identity',
    from: 'stranger',
    attempt: "a connection to the service's port",
    expected: "refused by the services' security group",
    notApplicable: ({ cloudRun, host }) => {
      if (cloudRun !== undefined) {
        return "Google's front end answers everybody: who gets past it is for cloud-run-private";
      }
      return host.instance === undefined ? undefined : 'the machines of services by address are in other files';
    },
    run: (deployment) => reachService(deployment, 'stranger'),
    control: {
      from: 'task',
      attempt: 'the same connection from the task of the server',
      run: (deployment) => reachService(deployment, 'task'),
    },
  };
}

async function reachService(deployment: Deployment, from: 'stranger' | 'task'): Promise<Observation> {
  const { address, port } = deployment.service;
  const place = deployment.place(from);
  const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 1200 });
  return connectionOutcome(deployment, { place, address, port, report });
}

/** Who a service takes for Restate. */
export const REQUEST_IDENTITY_ATTACKS: readonly Attack[] = [
  requestsUnsigned(),
  {
    ...serviceCall('service-call-unsigned', 'requests that carry no signature, or half of one'),
    run: (deployment) =>
      tryEach([
        call(deployment, 'discovery', DISCOVER, []),
        call(deployment, 'invocation', INVOKE, []),
        call(deployment, 'scheme without signature', DISCOVER, [['x-restate-signature-scheme', 'v1']]),
        call(deployment, 'scheme that says unsigned', DISCOVER, [['x-restate-signature-scheme', 'unsigned']]),
      ]),
  },
  {
    ...serviceCall(
      'service-call-foreign-key',
      "requests signed with another key, under its own name and under the run's",
    ),
    run: (deployment) => {
      const { privateKeyPem } = generateIdentityKey();
      const keyId = publicKeyOf(needKey(deployment));
      return tryEach([
        call(deployment, 'own name', DISCOVER, signatureHeaders({ privateKeyPem, audience: DISCOVER })),
        call(deployment, "the run's name", DISCOVER, signatureHeaders({ privateKeyPem, audience: DISCOVER, keyId })),
      ]);
    },
  },
  {
    ...serviceCall('service-call-replayed', "the server's own signature of one request on another path"),
    run: async (deployment) => {
      const captured = await capturedSignature(deployment);
      return tryEach([call(deployment, 'discovery signature on an invocation', INVOKE, captured)]);
    },
  },
  {
    ...serviceCall('service-call-expired', 'requests whose signature has expired'),
    run: (deployment) =>
      tryEach([
        call(deployment, 'an hour ago', DISCOVER, signed(deployment, { audience: DISCOVER, expiresIn: -3600 })),
      ]),
  },
  serviceFromStranger(),
];
