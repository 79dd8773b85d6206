import type { Attack } from '../../attack';
import { goodCaller } from '../good-call';
import { tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { cloudRunAttack, goodToken, onEachService, sendToFront } from './front-call';

/** What the container is really spoken to in. */
export const CLOUD_RUN_HTTP2_ATTACKS: readonly Attack[] = [
  cloudRunAttack({
    id: 'cloud-run-http1-at-container',
    claim: 'cloud-run-http2',
    from: 'task',
    attempt:
      'calls to each service, to see whether its container is asked in HTTP/1, which loses discovery and invocation',
    expected: 'the container is asked in HTTP/2 with prior knowledge',
    run: (deployment) =>
      onEachService(deployment, (service) => [
        {
          name: 'its port',
          run: async () => {
            const token = goodToken(deployment, service);
            const { record, failure } = await sendToFront(deployment, {
              from: 'task',
              service,
              ...(token !== undefined && { token }),
            });
            if (record?.upstream === undefined) return { succeeded: false, observed: failure.observed };
            if (service.service.port.protocol === 'unknown') {
              return { succeeded: false, observed: 'the file does not say what its port speaks' };
            }
            const { upstream, status } = record;
            if (upstream === 'http1') return { succeeded: true, observed: `asked in HTTP/1, which came to ${status}` };
            return { succeeded: false, observed: `asked in HTTP/2, answered ${status}`, refusedBy: 'google: h2c' };
          },
        },
      ]),
    control: {
      from: 'caller',
      attempt: 'a call reaches a handler on Cloud Run',
      run: (deployment) => tryCall(deployment, callersDoor(deployment), goodCaller(deployment)),
    },
  }),
];
