import { signatureHeaders } from '../../../lib/prove/attacks/task/signed-request';
import { buildNetwork } from '../../../lib/prove/network/network';
import type { ProbeReport } from '../../../lib/prove/probe';
import { RunningService } from '../../../lib/prove/service/running-service';
import { aHost, anArtifact } from '../network/a-deployment';
import { report } from '../network/report';

/** Discovery by holders of several keys, one after another, of a service that accepts some of them. */
report(async () => {
  const { node, sdkModules, accepted, signers } = JSON.parse(process.env['ROTATION'] ?? '{}') as {
    readonly node: string;
    readonly sdkModules: string;
    readonly accepted: readonly string[];
    readonly signers: readonly string[];
  };
  const host = aHost();
  const network = await buildNetwork({ artifact: anArtifact({}, host), host });
  const { address } = network.place('service');
  const { servicePort: port } = network;
  await RunningService.start({
    address,
    port,
    enter: network.enter('service'),
    node,
    sdkModules,
    identityKeys: accepted,
  });
  const answers: ProbeReport[] = [];
  for (const privateKeyPem of signers) {
    const answer = await network.place('task').probe({
      kind: 'http',
      protocol: 'h2',
      address,
      port,
      method: 'GET',
      path: '/discover',
      authority: 'service',
      timeoutMs: 3000,
      headers: [
        ['accept', 'application/vnd.restate.endpointmanifest.v3+json'],
        ...signatureHeaders({ privateKeyPem, audience: '/discover' }),
      ],
    });
    answers.push(answer);
  }
  return answers.map((answer) => (answer.outcome === 'response' ? answer.status : answer.outcome));
});
