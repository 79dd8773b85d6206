import { RunningService } from '../../../lib/prove/service/running-service';
import { buildNetwork } from '../../../lib/prove/network/network';
import type { ProbeReport } from '../../../lib/prove/probe';
import { aHost, anArtifact } from '../network/a-deployment';
import { report } from '../network/report';

/** Discovery and an invocation, as the server would ask for them but unsigned, of a service that does not and one that does ask for signatures. */
report(async () => {
  const {
    node = '',
    sdkModules = '',
    publicKey = '',
  } = JSON.parse(process.env['SERVICE'] ?? '{}') as Record<string, string>;
  const host = aHost();
  const network = await buildNetwork({ artifact: anArtifact({}, host), host });
  const { address } = network.place('service');
  const ask = (method: string, path: string): Promise<ProbeReport> =>
    network.place('task').probe({
      kind: 'http',
      protocol: 'h2',
      address,
      port: network.servicePort,
      method,
      path,
      authority: 'service',
      timeoutMs: 3000,
      headers: [
        ['accept', 'application/vnd.restate.endpointmanifest.v3+json'],
        ['authorization', 'Bearer planted'],
      ],
    });
  const options = { address, port: network.servicePort, enter: network.enter('service'), node, sdkModules };
  const granted = [
    { kind: 'object', service: 'Account', handler: 'deposit' },
    { kind: 'object', service: 'Account', handler: 'balance' },
    { kind: 'service', service: 'Greeter', handler: 'welcome' },
    { kind: 'service', service: 'Reports', handler: 'daily' },
  ] as const;
  const open = await RunningService.start({ ...options, identityKeys: [], granted });
  const discovered = await ask('GET', '/discover');
  const requests = await open.requests();
  await open.stop();
  const signed = await RunningService.start({ ...options, identityKeys: [publicKey] });
  return {
    discovered,
    requests,
    refused: [await ask('GET', '/discover'), await ask('POST', '/invoke/Greeter/greet')],
    health: await ask('GET', '/health'),
    seen: (await signed.requests()).length,
  };
});
