import type { CloudRunService } from '../../artifact/cloud-run-service';
import { type Holder, keyOf } from '../../artifact/iam/holders';
import { invokersByEveryPath, othersAs } from '../../artifact/iam/invokers';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { broken, unproven, type Wrong } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';
import { restateIdentity } from './restate-identity';

/** Nobody but the server can call a service by whatever chain of grants of the file. */
export const CLOUD_RUN_INVOKER_EXACT: CheckedClaim = cloudRunClaim('cloud-run-invoker-exact', (service, deployment) => {
  const { holders, sets, undecided } = invokersByEveryPath(deployment.artifact, service);
  const ours = restateIdentity(service, deployment);
  const found = [...holders, ...sets];
  return {
    wrong: [
      ...found.filter(({ principal }) => !ours.includes(keyOf(principal))).map((holder) => stranger(service, holder)),
      ...shared(service, ours, deployment),
      ...(holders.length === 0 && undecided.length === 0 ? [nobody(service, deployment)] : []),
      ...undecided.map((doubt) => unproven(`who may call ${service.id} is not decided: ${doubt}`)),
    ],
    holds: `${ours.join(', ')} and nobody else can call ${service.id} by the grants of this file`,
    restsOn: [...new Set(found.flatMap(({ by }) => by))],
  };
});

function stranger({ id }: CloudRunService, { principal, by }: Holder): Wrong {
  return broken(`${keyOf(principal)} can call ${id}, by ${by.join(' and ')}`);
}

/** Whatever else runs as one of the server's accounts is the server to the service. */
function shared({ id }: CloudRunService, ours: readonly string[], deployment: CheckedDeployment): readonly Wrong[] {
  return ours
    .filter((who) => who.startsWith('account '))
    .flatMap((who) => {
      const account = who.slice('account '.length);
      const others = othersAs(deployment.artifact, account);
      const keys = (deployment.artifact.accountKeys ?? []).filter((key) => key.account === account);
      return [
        ...others.map((other) => broken(`${other} runs as ${account}, too, which can call ${id}`)),
        ...keys.map((key) =>
          broken(`${key.id} is a key of ${account}, for whoever reads the state: it can call ${id}`),
        ),
      ];
    });
}

/** Without a server in the file its account may be let in elsewhere. */
function nobody({ id }: CloudRunService, { server }: CheckedDeployment): Wrong {
  return server === undefined
    ? unproven(`no grant of this file says who may call ${id}`)
    : broken(`no grant of this file lets the server call ${id}: whoever may is let in elsewhere`);
}
