import type { Attack } from '../../../../lib/prove/attack';
import { SECRET_ATTACKS } from '../../../../lib/prove/attacks/task/secrets';
import type { Deployment } from '../../../../lib/prove/deployment';
import { attackVerdict } from '../../../../lib/prove/verdict';
import { container, fakeDeployment } from '../../fake-deployment';

const OF_KEY = SECRET_ATTACKS.filter(({ claim }) => claim === 'identity-key-by-reference');

function told(environment: Readonly<Record<string, string>>): Deployment {
  const texts = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, [value]]));
  const running = { container: container({ environment: texts }), pid: () => process.pid };
  return fakeDeployment({ containers: [], restate: running as unknown as Deployment['restate'] });
}

async function verdictOf(attack: Attack, deployment: Deployment): Promise<unknown> {
  return attackVerdict(await attack.run(deployment), await attack.control.run(deployment));
}

describe.each(OF_KEY.map((attack) => [attack.id, attack] as const))('%s', (_, attack) => {
  test.each([
    'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE',
    'RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE',
  ])('shows nothing where %s names a file that no secret fills', async (name) => {
    const deployment = told({ [name]: '/image/identity.pem' });
    expect(attack.notApplicable?.(deployment)).toBeUndefined();
    expect(await verdictOf(attack, deployment)).toBe('unproven');
    expect((await attack.run(deployment)).observed).toContain(
      '/image/identity.pem, which no secret of the files fills',
    );
  });

  test('does not apply to a server that is told of no key', () => {
    expect(attack.notApplicable?.(told({ RESTATE_NODE_NAME: 'n1' }))).toBe('the deployment has no identity key');
  });
});
