import type { Artifact } from '../../../artifact/artifact';
import type { Box } from './drawing';
import { invokersOf } from './invokers';
import type { Names } from './names';

const INGRESS = {
  all: 'from everywhere',
  internal: 'from the network alone',
  'internal-and-balancer': 'from the network and balancers',
  unknown: 'from where is not known',
} as const;

/** Services of Cloud Run, and who may call each. */
export function serviceBoxes(artifact: Artifact, names: Names): readonly Box[] {
  return (artifact.cloudRun ?? []).map((service): Box => {
    const invokers = invokersOf(artifact, service).map((member) => names.inText(member));
    return {
      key: service.id,
      kind: 'service',
      title: names.of(service.id),
      lines: [
        `service of Cloud Run, ${service.port.protocol} ${service.port.number}`,
        INGRESS[service.ingress],
        `invoker check ${service.invokerCheck}`,
        ...[...new Set(invokers)].sort().map((member) => `invoker: ${member}`),
      ],
      parts: [],
    };
  });
}
