import type { AgentRequest } from './agent-request';
import { openCanary, type CanaryServer } from './agent/canary';
import { runProbe } from './agent/probe';
import { serveRequests } from './serve-requests';

/** The process that stands at a place of the network and tries there what it is told. */
const canaries: CanaryServer[] = [];

function canary(index: number): CanaryServer {
  const found = canaries[index];
  if (found === undefined) throw new Error(`no canary ${index}`);
  return found;
}

serveRequests(async (given) => {
  const request = given as AgentRequest;
  switch (request.do) {
    case 'probe':
      return runProbe(request.probe);
    case 'listen': {
      const opened = await openCanary(request);
      return { canary: canaries.push(opened) - 1, port: opened.port };
    }
    case 'received':
      return canary(request.canary).received;
    case 'close':
      return canary(request.canary).close();
  }
});
