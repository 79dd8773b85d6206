import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from '../../lib/prove/issuer/certificate-authority';
import { ADMIN_HOSTNAME, adminDoor, machineKey, personToken, SCOPES } from './admin-door';
import { startAdminServer, type AdminServer } from './admin-server';
import { ingressPolicy } from './policy';
import { startProxy, type RunningProxy } from './proxy';
import { restateCli, type CommandResult, type RestateCli } from './restate-cli';

/** Tokens by who shows them; they stand in no test's name. */
const TOKENS: Readonly<Record<string, string>> = {
  'a viewer': personToken([SCOPES.viewer]),
  'a reader of state': personToken([SCOPES.stateReader]),
  'a pipeline': machineKey([SCOPES.deployer]),
  'an operator': personToken([SCOPES.operator]),
  'somebody without a role': personToken(['orders:write']),
  'a caller of the ingress': personToken([SCOPES.operator], { aud: 'orders' }),
  nobody: '',
};

const REFUSED = 'the proxy answered in place of the server: its log says why';
const UNREACHABLE = 'Unable to connect to the Restate server';

// The authority of the door's certificate is private: no system trusts it.
describe('the restate command line at the door of the real admin API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'admin-cli-'));
  const authority = join(folder, 'authority.pem');
  let cli: RestateCli;
  let real: AdminServer;
  let proxy: RunningProxy;

  beforeAll(async () => {
    cli = await restateCli([ADMIN_HOSTNAME]);
    const ca = await createCertificateAuthority('operators');
    writeFileSync(authority, ca.certificate);
    const { certificate, privateKey } = await ca.issue([ADMIN_HOSTNAME]);
    real = await startAdminServer();
    proxy = await startProxy({
      ingress: ingressPolicy(),
      upstreamPort: 9,
      admin: adminDoor(real.adminPort),
      certificate: { kind: 'variables', certificate: 'CERTIFICATE', privateKey: 'PRIVATE_KEY' },
      environment: { CERTIFICATE: certificate, PRIVATE_KEY: privateKey },
    });
  }, 600_000);
  afterAll(async () => {
    await proxy?.stop();
    await real?.stop();
    cli?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A command of somebody who trusts the authority unless said otherwise. */
  function restate(who: string, command: string, environment: object = {}): Promise<CommandResult> {
    return cli.run(command.split(' '), {
      RESTATE_ADMIN_URL: `https://${ADMIN_HOSTNAME}:${proxy.adminPort}`,
      RESTATE_AUTH_TOKEN: TOKENS[who]!,
      SSL_CERT_FILE: authority,
      ...environment,
    });
  }

  test('registers a deployment for a pipeline, after a dry run', async () => {
    const { code, output } = await restate('a pipeline', `deployments register ${real.serviceUri}`);

    expect(output).toContain('Deployment ID:');
    expect(code).toBe(0);
    expect(await proxy.accessLog('/v4/deployments', 2)).toMatchObject([
      { method: 'POST', status: 201, sub: 'pipeline', role: 'deployer', verdict: 'allowed' },
      { method: 'POST', status: 201, sub: 'pipeline', role: 'deployer', verdict: 'allowed' },
    ]);
  });

  test.each([
    ['a viewer', 'whoami', 'is healthy!'],
    ['a viewer', 'deployments list', 'Greeter'],
    ['a viewer', 'services list', 'Greeter'],
    ['a viewer', 'services describe Greeter', 'greet'],
    ['a viewer', 'services config view Greeter', 'retention'],
    ['a viewer', 'kafka-clusters list', 'No Kafka clusters'],
    ['a viewer', 'subscriptions list', 'No subscriptions'],
    ['a reader of state', 'sql --json SELECT+1', '1 rows.'],
    ['a reader of state', 'services status', 'Greeter'],
    ['a reader of state', 'invocations list', '0/0 invocations'],
    ['a pipeline', 'services config patch Greeter --public false', 'Public:  false'],
    ['an operator', 'services status Greeter', 'Greeter'],
    ['an operator', 'rules set Greeter/* --concurrency 3', 'Greeter/*'],
    ['an operator', 'kafka-clusters create orders bootstrap.servers=localhost:1', 'orders'],
    ['an operator', 'kafka-clusters describe orders', 'bootstrap.servers'],
    ['an operator', 'kafka-clusters delete orders', 'orders'],
  ])('answers %s: %s', async (who, command, said) => {
    const { code, output } = await restate(who, command);

    expect(output).toContain(said);
    expect(output).not.toContain(REFUSED);
    expect(code).toBe(0);
  });

  test.each([
    ['a viewer', 'deployments register http://127.0.0.1:1'],
    ['a viewer', 'services config patch Greeter --public true'],
    ['a viewer', 'sql --json SELECT+1'],
    ['a viewer', 'services status'],
    ['a reader of state', 'deployments register http://127.0.0.1:1'],
    ['a pipeline', 'invocations list'],
    ['a pipeline', 'invocations cancel Greeter'],
  ])('tells %s that this was refused: %s', async (who, command) => {
    const { code, output } = await restate(who, command);

    expect(output).toContain(REFUSED);
    expect(code).toBe(1);
  });

  test.each(['somebody without a role', 'a caller of the ingress', 'nobody'])('does nothing for %s', async (who) => {
    const { code, output } = await restate(who, 'deployments list');

    expect(output).not.toContain('Greeter');
    expect(output).toMatch(new RegExp(`${UNREACHABLE}|${REFUSED}`));
    expect(code).toBe(1);
  });

  test('finds no door where it does not trust the authority', async () => {
    const { code, output } = await restate('an operator', 'deployments list', { SSL_CERT_FILE: '/dev/null' });

    expect(output).toContain(UNREACHABLE);
    expect(code).toBe(1);
  });

  test('leaves no token in the log', () => {
    expect(proxy.log()).toContain('"sub":"olga"');
    for (const token of Object.values(TOKENS).filter((each) => each !== '')) {
      expect(proxy.log()).not.toContain(token.split('.')[2]);
    }
  });
});
