import { GRANT_ATTACKS } from '../../../../lib/prove/attacks/credentials/grants';
import { grantsOf, ungrantedOf } from '../../../../lib/prove/credentials/grants';
import type { Deployment, Place } from '../../../../lib/prove/deployment';
import type { Probe } from '../../../../lib/prove/probe';
import { grantedPath, INVOCATION_PATH } from '../../../../lib/proxy/paths';
import { fakeDeployment } from '../../fake-deployment';

const writer = { name: 'writer', scopes: ['orders'], certificates: [], everybody: false };

/** A deployment of such paths, which sees what it is asked for and admits all of it. */
function deploymentOf(paths: readonly string[], asked: string[] = []): Deployment {
  const policies = [{ ...writer, paths }];
  const [grants, ungranted] = [grantsOf(policies), ungrantedOf(policies)];
  const probe = (sent: Probe): Promise<unknown> => {
    if (sent.kind === 'http') asked.push(sent.path);
    return Promise.resolve({ outcome: 'response', status: 200, headers: { 'x-restate-id': 'inv_1' }, body: '' });
  };
  return fakeDeployment({
    credentials: {
      issuers: [],
      grants,
      ungranted,
      target: grants[0]!,
      revokedIds: [],
      good: () => ({ token: 'good' }),
    },
    door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
    bootstrap: {},
    taskAddress: '10.77.0.9',
    place: () => ({ probe }) as unknown as Place,
  });
}

function attack(id: string): (typeof GRANT_ATTACKS)[number] {
  return GRANT_ATTACKS.find((each) => each.id === id)!;
}

const GREETER = [grantedPath({ service: 'Greeter', handlers: ['greet'] })];

test.each(['handler-without-grant', 'granted-path-imitated', 'scope-alike'])(
  "%s is tried where the one granted handler has the name of the run's own",
  (id) => {
    expect(attack(id).notApplicable?.(deploymentOf(GREETER))).toBeUndefined();
  },
);

test('handlers beside the granted one are called, of its service and of others', async () => {
  const asked: string[] = [];
  const seen = await attack('handler-without-grant').run(deploymentOf(GREETER, asked));
  expect(seen.succeeded).toBe(true);
  expect(asked).toContain('/Greeter/wait');
  expect(asked.some((path) => /^\/Counter\/[^/]+\/add$/.test(path))).toBe(true);
  expect(asked).not.toContain('/Greeter/greet');
});

test('no imitation is a path that is granted', async () => {
  const asked: string[] = [];
  const paths = [grantedPath({ object: 'Counter', handlers: ['add'] })];
  await attack('granted-path-imitated').run(deploymentOf(paths, asked));
  expect(asked).not.toEqual([]);
  expect(asked.filter((path) => /^\/Counter\/[^/]+\/add$/.test(path))).toEqual([]);
});

test.each(['handler-without-grant', 'granted-path-imitated', 'scope-alike'])(
  '%s has nothing to try where every handler may be called',
  (id) => {
    expect(attack(id).notApplicable?.(deploymentOf([INVOCATION_PATH]))).toContain('every handler that the run brings');
  },
);
