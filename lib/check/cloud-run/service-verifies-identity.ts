import type { CloudRunService } from '../../artifact/cloud-run-service';
import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { IDENTITY_KEY } from '../server/requests-signed';
import { serverSettings } from '../server/server-settings';
import { broken, unproven, type Wrong, worst } from '../server/wrong';
import { withoutServices } from './cloud-run-claim';
import { servicesOf } from './services';

/** What services that are told their keys are told them by. */
const VARIABLE = 'RESTATE_IDENTITY_KEYS';
/** Stands for what only the cloud knows. */
const UNKNOWN = 'unknown';
/** An Ed25519 key in base 58. */
const PUBLIC_KEY = /^publickeyv1_[1-9A-HJ-NP-Za-km-z]{43,44}$/;

/** Each service is told the public keys that it has to demand a signature by. Code that has them in itself stands in no file. */
export const SERVICE_VERIFIES_IDENTITY: CheckedClaim = {
  id: 'service-verifies-identity',
  decide: (deployment) => {
    const services = servicesOf(deployment);
    if (services.length === 0) return [withoutServices(deployment)];
    const { server } = deployment;
    const isSigned = server !== undefined && serverSettings(server.restate).settings.has(IDENTITY_KEY);
    return services.map((service): Finding => {
      const said = saidBy(service);
      if (said === undefined && !isSigned) {
        const evidence = `which keys ${service.id} demands a signature by stands in its code alone`;
        return { verdict: 'not-applicable', subject: service.id, evidence };
      }
      return {
        subject: service.id,
        ...worst(said === undefined ? [untold(service)] : faults(service, said), `${service.id} demands a signature`),
      };
    });
  },
};

/** Absent: no container is told any. */
function saidBy({ containers }: CloudRunService): string | undefined {
  const [told] = containers.flatMap(({ environment }) => {
    const value = environment[VARIABLE];
    return value === undefined ? [] : [value];
  });
  return told === undefined ? undefined : (literal(told) ?? UNKNOWN);
}

function untold({ id }: CloudRunService): Wrong {
  return unproven(
    `no container of ${id} is told ${VARIABLE}: unless its code has the public keys, it answers whoever may call it without the server's signature`,
  );
}

function faults({ id }: CloudRunService, said: string): readonly Wrong[] {
  if (said === UNKNOWN) return [unproven(`which keys ${id} demands a signature by is not known from the file`)];
  const keys = said.split(',').map((key) => key.trim());
  const wrong = keys.filter((key) => !PUBLIC_KEY.test(key));
  return wrong.length === 0
    ? []
    : [
        broken(
          `${id} is told ${wrong.map((key) => JSON.stringify(key)).join(', ')} as ${VARIABLE}, which is no public key`,
        ),
      ];
}
