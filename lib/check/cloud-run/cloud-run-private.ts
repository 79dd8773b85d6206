import type { CloudRunService } from '../../artifact/cloud-run-service';
import { directInvokers } from '../../artifact/iam/invokers';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { broken, unproven, type Wrong } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';

/** Google's front end lets nobody send to a service from outside the network, and nobody without a token. */
export const CLOUD_RUN_PRIVATE: CheckedClaim = cloudRunClaim('cloud-run-private', (service, deployment) => ({
  wrong: [...ingressFaults(service), ...checkFaults(service), ...everybody(service, deployment)],
  holds: `${service.id} takes requests from the network alone, and asks each for a token of an invoker`,
}));

function ingressFaults({ id, ingress }: CloudRunService): readonly Wrong[] {
  switch (ingress) {
    case 'internal':
      return [];
    case 'all':
      return [broken(`${id} takes requests from the whole internet: its ingress is INGRESS_TRAFFIC_ALL`)];
    case 'internal-and-balancer':
      return [broken(`${id} takes requests through balancers, which may stand before the whole internet`)];
    case 'unknown':
    default:
      return [unproven(`from where ${id} takes requests is not known from the file`)];
  }
}

function checkFaults({ id, invokerCheck }: CloudRunService): readonly Wrong[] {
  if (invokerCheck === 'on') return [];
  return invokerCheck === 'off'
    ? [broken(`${id} asks nobody for a token: invoker_iam_disabled is set`)]
    : [unproven(`whether ${id} asks for a token is not known from the file: invoker_iam_disabled`)];
}

function everybody(service: CloudRunService, { artifact }: CheckedDeployment): readonly Wrong[] {
  return directInvokers(artifact, service).holders.flatMap(({ principal, by }) => {
    const whom = { anybody: 'allUsers', authenticated: 'allAuthenticatedUsers' }[
      principal.kind as 'anybody' | 'authenticated'
    ] as string | undefined;
    return whom === undefined ? [] : [broken(`${by.join(', ')} lets ${whom} call ${service.id}`)];
  });
}
