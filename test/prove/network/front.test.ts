import { join } from 'node:path';
import type { ProbeReport } from '../../../lib/prove/probe';
import { runScenario, testInSandbox } from './in-sandbox';

interface Found {
  readonly calls: Readonly<Record<string, ProbeReport>>;
  readonly modes: Readonly<Record<string, ProbeReport>>;
  readonly fetches: number;
  readonly jwks: string;
  readonly foreignJwks: string;
  readonly emulated: readonly string[];
}

testInSandbox('the balancer forwards as its listeners say, and the issuer misbehaves as it is told', () => {
  const { calls, modes, fetches, jwks, foreignJwks, emulated } = runScenario(
    join(__dirname, 'front-scenario.ts'),
    20_000,
  ) as Found;

  expect(calls['http1']).toMatchObject({ status: 200, body: '1.1 from ::ffff:10.77.0.6' });
  expect(calls['http2']).toMatchObject({ status: 200, body: '2.0 from ::ffff:10.77.0.6' });
  expect(calls['http2WithoutPolicy']).toMatchObject({ outcome: 'failed' });
  expect(calls['oldTls']).toMatchObject({ by: 'tls-alert', detail: 'protocol version' });
  expect(calls['plaintext']).toMatchObject({ outcome: 'failed' });
  expect(calls['passed']).toMatchObject({ status: 200, body: 'passed' });
  expect(calls['closed']).toMatchObject({ outcome: 'failed', by: 'reset' });
  expect(emulated).toHaveLength(4);

  expect(modes['good']).toMatchObject({ status: 200, body: jwks });
  expect(modes['down']).toMatchObject({ by: 'refused' });
  expect(modes['hang']).toMatchObject({ by: 'timeout' });
  expect(modes['rogue']).toMatchObject({ by: 'protocol' });
  expect(modes['rotated']).toMatchObject({ status: 200, body: foreignJwks });
  // Two good ones, the rotated one and the one that hung.
  expect(fetches).toBe(4);
});
