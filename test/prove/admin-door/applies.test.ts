import type { AdminDoor } from '../../../lib/prove/admin-door/admin-door';
import { CATALOGUE } from '../../../lib/prove/catalogue';
import { PROVEN_CLAIMS } from '../../../lib/prove/claims';
import type { Deployment } from '../../../lib/prove/deployment';
import { artifact, container, fakeDeployment, host } from '../fake-deployment';

const DOOR = { taskPort: 8444, issuers: [], roles: [] } as unknown as AdminDoor;
const ACCEPTED = { claim: 'admin-closed', subject: 'Task', reason: 'the admin API is on loopback, too' };

function reasonOf(id: string, deployment: Deployment): string | undefined {
  const attack = CATALOGUE.find((each) => each.id === id);
  if (attack === undefined) throw new Error(`there is no attack ${id}`);
  return attack.notApplicable?.(deployment);
}

/** A task whose one listener leads callers to the admin API, beside the ingress or alone. */
function sharedListener(): Deployment {
  const bootstrap = {
    static_resources: {
      listeners: [{ filter_chains: [{ routes: [{ cluster: 'restate' }, { cluster: 'admin' }] }] }],
      clusters: [
        { name: 'restate', endpoint: { port_value: 8080 } },
        { name: 'admin', endpoint: { port_value: 9070 } },
      ],
    },
  };
  const envoy = container({ name: 'envoy', command: [['envoy'], ['--config-yaml'], [JSON.stringify(bootstrap)]] });
  return fakeDeployment({ host: host({ containers: [container(), envoy] }) });
}

describe('the admin API on loopback', () => {
  test.each([
    [
      'an accepted risk where operators have a door',
      { adminDoor: DOOR, artifact: artifact({ accepted: [ACCEPTED] }) },
      true,
    ],
    ['attacked where nobody accepts it', { adminDoor: DOOR }, false],
    ['attacked where no door needs it', { artifact: artifact({ accepted: [ACCEPTED] }) }, false],
    [
      'attacked where another risk is accepted',
      { adminDoor: DOOR, artifact: artifact({ accepted: [{ ...ACCEPTED, reason: 'break-glass' }] }) },
      false,
    ],
  ] as const)('is %s', (_, parts, accepted) => {
    const reason = reasonOf('admin-from-task', fakeDeployment(parts));
    expect(reason?.includes(ACCEPTED.reason) ?? false).toBe(accepted);
  });
});

describe('attacks on the door of operators', () => {
  const ids = CATALOGUE.filter(({ claim }) => claim === 'admin-authenticated').map(({ id }) => id);
  const claim = PROVEN_CLAIMS.find(({ id }) => id === 'admin-authenticated');

  test('are five', () => {
    expect(ids).toHaveLength(5);
  });

  test.each(ids)('do not apply without one: %s', (id) => {
    expect(reasonOf(id, fakeDeployment())).toContain('no admin door');
    expect(claim?.notApplicable?.(fakeDeployment())).toContain('no admin door');
  });

  const others = ['registration-by-another-role', 'web-ui-at-the-operators-door', 'flood-of-the-operators-door'];

  test.each([...ids, ...others])('are not passed over where callers share it: %s', (id) => {
    expect(reasonOf(id, sharedListener())).toBeUndefined();
    expect(claim?.notApplicable?.(sharedListener())).toBeUndefined();
  });
});
