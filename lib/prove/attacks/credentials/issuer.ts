import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment, Issuer, IssuerMode, SecondProxy } from '../../deployment';
import { takesNoTokens } from './each-issuer';
import { tryCall } from '../ingress-call';
import { tasksDoor } from '../ingress-door';
import { durationSeconds, settings } from '../proxy-listener';

/** How long an issuer is given to fool the proxy, and a good one to be believed again. */
const PATIENCE_MS = 1_500;
const RECOVERY_MS = 14_000;
const POLL_MS = 250;
/** Envoy's own, where the bootstrap states none. */
const CACHE_WHERE_NONE_IS_STATED_SECONDS = 600;
const MARGIN_MS = 5_000;

/** An issuer that is somebody else, is not there, or has withdrawn a key. */
export const ISSUER_ATTACKS: readonly Attack[] = [
  {
    id: 'rogue-issuer',
    claim: 'jwks-over-verified-tls',
    from: 'task',
    attempt:
      "answer in the issuer's name under an untrusted certificate, and show a token signed by the key served there",
    expected: '401 from the proxy, which believes no key of that server',
    run: (deployment) =>
      withProxy(deployment, 'rogue', (proxy) =>
        untilAdmitted(deployment, proxy, () => fetchedIssuer(deployment).token({ signature: 'foreign' }), PATIENCE_MS),
      ),
    control: {
      from: 'task',
      attempt: "show a token signed by the issuer's key, which is served under its own certificate",
      run: (deployment) =>
        withProxy(deployment, 'good', (proxy) =>
          untilAdmitted(deployment, proxy, () => fetchedIssuer(deployment).token(), RECOVERY_MS),
        ),
    },
    notApplicable: keysAreInline,
  },
  {
    id: 'misnamed-issuer',
    claim: 'upstream-verified',
    from: 'task',
    attempt:
      "answer in the issuer's name under a trusted certificate of another name, and show a token of the key there",
    expected: '401 from the proxy, which believes no key of that server',
    run: (deployment) =>
      withProxy(deployment, 'misnamed', (proxy) =>
        untilAdmitted(deployment, proxy, () => fetchedIssuer(deployment).token({ signature: 'foreign' }), PATIENCE_MS),
      ),
    control: {
      from: 'task',
      attempt: 'the same key and token, with a certificate of the right name',
      run: (deployment) =>
        withProxy(deployment, 'rotated', (proxy) =>
          untilAdmitted(
            deployment,
            proxy,
            () => fetchedIssuer(deployment).token({ signature: 'foreign' }),
            RECOVERY_MS,
          ),
        ),
    },
    notApplicable: keysAreInline,
  },
  {
    id: 'issuer-down',
    claim: 'jwks-outage-fails-closed',
    from: 'task',
    attempt: 'call while the proxy has never reached its issuer, with a good token and with a forged one',
    expected: '401 from the proxy',
    run: (deployment) =>
      withProxy(deployment, 'down', async (proxy) => {
        const good = await untilAdmitted(deployment, proxy, () => fetchedIssuer(deployment).token(), PATIENCE_MS);
        if (good.succeeded) return good;
        return await callOnce(deployment, proxy, fetchedIssuer(deployment).token({ signature: 'foreign' }));
      }),
    control: {
      from: 'task',
      attempt: 'show the good token when the issuer has come back',
      run: (deployment) =>
        withProxy(deployment, 'down', async (proxy) => {
          await proxy.setIssuer('good');
          return await untilAdmitted(deployment, proxy, () => fetchedIssuer(deployment).token(), RECOVERY_MS);
        }),
    },
    notApplicable: keysAreInline,
  },
  {
    id: 'withdrawn-key',
    claim: 'key-withdrawal-honoured',
    from: 'task',
    slow: true,
    attempt: 'show a token of a key that the issuer has withdrawn, after the time for which keys are kept',
    expected: '401 from the proxy',
    run: (deployment) =>
      withProxy(deployment, 'good', async (proxy) => {
        // The very token that was admitted: a proxy may remember tokens longer than keys.
        const exp = Math.floor(Date.now() / 1_000) + 2 * cacheSeconds(deployment) + 60;
        const token = fetchedIssuer(deployment).token({ claims: { exp } });
        const before = await untilAdmitted(deployment, proxy, () => token, RECOVERY_MS);
        if (!before.succeeded)
          return { succeeded: false, observed: `not admitted in the first place: ${before.observed}` };
        await proxy.setIssuer('rotated');
        await sleep(cacheSeconds(deployment) * 1_000 + MARGIN_MS);
        return await callOnce(deployment, proxy, token);
      }),
    control: {
      from: 'task',
      attempt: 'show a token of the key that has taken its place',
      run: (deployment) =>
        withProxy(deployment, 'rotated', (proxy) =>
          untilAdmitted(
            deployment,
            proxy,
            () => fetchedIssuer(deployment).token({ signature: 'foreign' }),
            RECOVERY_MS,
          ),
        ),
    },
    notApplicable: keysAreInline,
  },
  {
    id: 'withdrawn-stated-key',
    claim: 'key-withdrawal-honoured',
    from: 'task',
    attempt: 'show a credential of a key that a deployment has taken out of the key set in the configuration',
    expected: '401 from the proxy',
    run: (deployment) =>
      withProxy(deployment, 'rotated', (proxy) => callOnce(deployment, proxy, statedIssuer(deployment)?.token() ?? '')),
    control: {
      from: 'task',
      attempt: 'show one of the key that has taken its place',
      run: (deployment) =>
        withProxy(deployment, 'rotated', (proxy) =>
          callOnce(deployment, proxy, statedIssuer(deployment)?.token({ signature: 'foreign' }) ?? ''),
        ),
    },
    notApplicable: (deployment) =>
      takesNoTokens(deployment) ??
      (statedIssuer(deployment) === undefined ? 'no keys stand in the configuration: they are fetched' : undefined),
  },
];

async function withProxy(
  deployment: Deployment,
  issuer: IssuerMode,
  run: (proxy: SecondProxy) => Promise<Observation>,
): Promise<Observation> {
  const proxy = await deployment.secondProxy({ issuer });
  try {
    return await run(proxy);
  } finally {
    await proxy.stop();
  }
}

/** Calls again and again until a call is admitted or the time is up; the last refusal counts, when the proxy has made up its mind. */
async function untilAdmitted(
  deployment: Deployment,
  proxy: SecondProxy,
  token: () => string,
  patienceMs: number,
): Promise<Observation> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await callOnce(deployment, proxy, token());
    const answered = seen.refusedBy !== undefined;
    if (seen.succeeded || (performance.now() > deadline && answered) || performance.now() > deadline + RECOVERY_MS)
      return seen;
    await sleep(POLL_MS);
  }
}

function callOnce(deployment: Deployment, proxy: SecondProxy, token: string): Promise<Observation> {
  return tryCall(deployment, tasksDoor(deployment, proxy), { token, timeoutMs: 4_000 });
}

/** The first of the callers' issuers whose keys are fetched. */
function fetchedIssuer({ credentials, issuer }: Deployment): Issuer {
  return credentials.issuers.find(({ fetched }) => fetched) ?? issuer;
}

/** The first of those whose keys stand in the proxy's configuration. */
function statedIssuer({ credentials }: Deployment): Issuer | undefined {
  return credentials.issuers.find(({ fetched }) => !fetched);
}

function keysAreInline(deployment: Deployment): string | undefined {
  if (deployment.credentials.issuers.some(({ fetched }) => fetched)) return undefined;
  return (
    takesNoTokens(deployment) ??
    'the proxy fetches no keys: they stand in its configuration, and withdrawing one is a deployment'
  );
}

function cacheSeconds({ bootstrap }: Deployment): number {
  const stated = settings(bootstrap, 'cache_duration').flatMap((value) => durationSeconds(value) ?? []);
  return Math.max(...(stated.length === 0 ? [CACHE_WHERE_NONE_IS_STATED_SECONDS] : stated));
}
