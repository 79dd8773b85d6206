import { directInvokers } from '../../artifact/iam/invokers';
import { accountKey } from '../../artifact/iam/principal';
import type { CloudRunService } from '../../artifact/cloud-run-service';
import type { CheckedDeployment } from '../checked-deployment';

/**
 * The services that the server calls. One is left out where it shows in nothing that it is one, and another does: a web site in the same
 * file is nobody's business.
 */
export function servicesOf(deployment: CheckedDeployment): readonly CloudRunService[] {
  const { artifact, server } = deployment;
  const all = artifact.cloudRun ?? [];
  if (server === undefined) return all;
  const called = all.filter((service) => showsThatItIsCalled(service, deployment));
  return called.length > 0 ? called : all;
}

function showsThatItIsCalled(service: CloudRunService, { artifact, server }: CheckedDeployment): boolean {
  const { port, containers } = service;
  const own = server?.host.instance?.account && accountKey(server.host.instance.account);
  return (
    port.protocol !== 'http1' ||
    containers.some(({ environment }) => Object.keys(environment).some((name) => name.startsWith('RESTATE_'))) ||
    directInvokers(artifact, service).holders.some(({ principal: who }) => who.kind === 'account' && who.key === own)
  );
}
