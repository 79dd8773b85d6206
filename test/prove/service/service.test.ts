import { join } from 'node:path';
import type { ProbeReport } from '../../../lib/prove/probe';
import type { RecordedRequest } from '../../../lib/prove/service/running-service';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';
import { generateIdentityKey } from '../../../lib/restate/request-identity';
import { runScenario, testInSandbox } from '../network/in-sandbox';

interface Found {
  readonly discovered: ProbeReport;
  readonly requests: readonly RecordedRequest[];
  readonly refused: readonly ProbeReport[];
  readonly health: ProbeReport;
  readonly seen: number;
}

interface Manifest {
  readonly services: readonly {
    readonly name: string;
    readonly ty: string;
    readonly ingressPrivate?: boolean;
    readonly handlers: readonly { readonly name: string }[];
  }[];
}

testInSandbox(
  'the service speaks the real protocol under its own and granted names, writes requests down, and with a key serves signed ones alone',
  async () => {
    const { node, sdkModules } = await installToolchain({ restateVersion: '1.7.12' });
    const { publicKey } = generateIdentityKey();
    const { discovered, requests, refused, health, seen } = runScenario(
      join(__dirname, 'service-scenario.ts'),
      20_000,
      {
        SERVICE: JSON.stringify({ node, sdkModules, publicKey }),
      },
    ) as Found;

    const manifest = JSON.parse(discovered.outcome === 'response' ? discovered.body : '{}') as Manifest;
    expect(
      manifest.services.map(({ name, ty, ingressPrivate, handlers }) => [
        name,
        ty,
        ingressPrivate ?? false,
        ...handlers.map((each) => each.name),
      ]),
    ).toEqual([
      ['Greeter', 'SERVICE', false, 'welcome', 'greet', 'wait', 'callPrivate'],
      ['Counter', 'VIRTUAL_OBJECT', false, 'add', 'get'],
      ['Private', 'WORKFLOW', true, 'run'],
      ['Account', 'VIRTUAL_OBJECT', false, 'deposit', 'balance'],
      ['Reports', 'SERVICE', false, 'daily'],
    ]);
    expect(requests).toEqual([expect.objectContaining({ method: 'GET', path: '/discover' })]);
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer planted' });

    for (const answer of refused) expect(answer).toMatchObject({ outcome: 'response', status: 401 });
    expect(health).toMatchObject({ status: 200 });
    expect(seen).toBe(3);
  },
);
