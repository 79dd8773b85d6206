import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import type { PlannedService } from '../../google-cloud/google-plan';
import { invokersByEveryPath } from '../../../artifact/iam/invokers';
import { tryEach, type Variant } from '../variants';
import { callFront, cloudRunAttack, cloudRunOf, onEachService, withGoodToken } from './front-call';
import { actingAs, askForToken, grantsOver } from './iam-credentials';

/** Accounts that no file of the deployment names. */
const STRANGERS: Readonly<Record<string, string>> = {
  'an account of somebody else': 'intruder@elsewhere.iam.gserviceaccount.com',
  'a person with an account of Google': 'somebody@gmail.com',
  'the default account of the project': '111122223333-compute@developer.gserviceaccount.com',
};

/** Every kind of principal but the server's own account, each with a valid token of its own. */
export const CLOUD_RUN_INVOKER_ATTACKS: readonly Attack[] = [
  cloudRunAttack({
    id: 'cloud-run-token-of-stranger',
    claim: 'cloud-run-invoker-exact',
    from: 'task',
    attempt: 'calls with valid tokens of accounts that the files do not name, and with none at all',
    expected: '403 from the front end',
    run: (deployment) =>
      onEachService(deployment, (service) => [
        { name: 'no token', run: () => callFront(deployment, { from: 'task', service }) },
        ...Object.entries(STRANGERS).map(([name, email]) => callAs(deployment, service, email, name)),
      ]),
    control: withGoodToken('task'),
  }),
  cloudRunAttack({
    id: 'cloud-run-token-of-neighbour',
    claim: 'cloud-run-invoker-exact',
    from: 'task',
    attempt:
      "calls with valid tokens of every other account and person that the files name, the service's own among them",
    expected: '403 from the front end',
    run: async (deployment) =>
      unlessUndecided(
        deployment,
        await onEachService(deployment, (service) => [
          // where the files name nobody else, somebody like them
          callAs(deployment, service, 'another@portcullis-run.iam.gserviceaccount.com', 'another account'),
          ...others(deployment).map((email) => callAs(deployment, service, email, email)),
        ]),
      ),
    control: withGoodToken('task'),
  }),
  cloudRunAttack({
    id: 'cloud-run-token-by-minting',
    claim: 'cloud-run-invoker-exact',
    from: 'task',
    attempt:
      "calls with tokens that other accounts have Google make in the name of the server's, by themselves or by acting as one another",
    expected: '403 from IAM Credentials',
    run: async (deployment) =>
      unlessUnsaid(deployment, unlessUndecided(deployment, await tryEach(minting(deployment)))),
    control: {
      from: 'task',
      attempt: "the same request of the server's own account for a token of whom it calls as, or a call with its own",
      run: async (deployment) => {
        const { plan, registered } = cloudRunOf(deployment);
        const { identity, caller } = plan;
        if (identity === undefined || caller === undefined || identity === caller) {
          return withGoodToken('task').run(deployment);
        }
        const { token, status } = await askForToken(deployment, { as: identity, of: caller, audience: registered.url });
        if (token === undefined) return { succeeded: false, observed: `answered ${status}` };
        return callFront(deployment, { from: 'task', service: registered, token });
      },
    },
  }),
];

function callAs(deployment: Deployment, service: PlannedService, email: string, name: string): Variant {
  return {
    name,
    run: () => {
      const token = cloudRunOf(deployment).idToken({ email, audience: service.url });
      return callFront(deployment, { from: 'task', service, token });
    },
  };
}

/** Addresses of everybody whom the files name but the account in whose name the server calls. */
function others(deployment: Deployment): readonly string[] {
  const { plan } = cloudRunOf(deployment);
  return [...new Set(Object.values(plan.emails))].filter((email) => email !== plan.caller);
}

/** Where the server calls as another account, it is who is meant to make tokens of that. */
function minting(deployment: Deployment): readonly Variant[] {
  const { plan } = cloudRunOf(deployment);
  const { caller = '', identity } = plan;
  const strangers = [...Object.values(STRANGERS), ...others(deployment).filter((email) => email !== identity)];
  return strangers.flatMap((email) => [
    { name: `${email} makes a token`, run: () => mintAndCall(deployment, email, caller) },
    {
      name: `${email} acts as others`,
      run: async () => {
        const acted = await actingAs(deployment, email);
        const targets = acted.filter((each) => each === caller || each === identity);
        const reached = await Promise.all(acted.map((each) => mintAndCall(deployment, each, caller)));
        const through = reached.find(({ succeeded }) => succeeded);
        if (targets.length > 0) {
          const by = acted.flatMap((each) => grantsOver(deployment, [email, ...acted], each));
          return { succeeded: true, observed: `acts as ${targets.join(', ')}${lets(by)}` };
        }
        return through ?? { succeeded: false, observed: 'answered 403', refusedBy: 'google: 403 iam' };
      },
    },
  ]);
}

async function mintAndCall(deployment: Deployment, as: string, of: string): Promise<Observation> {
  const { registered } = cloudRunOf(deployment);
  const { token, status } = await askForToken(deployment, { as, of, audience: registered.url });
  if (token !== undefined) {
    const seen = await callFront(deployment, { from: 'task', service: registered, token });
    return {
      ...seen,
      observed: `a token of ${of} was made${lets(grantsOver(deployment, [as], of))}; ${seen.observed}`,
    };
  }
  const observed = `answered ${status ?? 'nothing'}`;
  return status === 403 ? { succeeded: false, observed, refusedBy: 'google: 403 iam' } : { succeeded: false, observed };
}

function lets(grants: readonly string[]): string {
  return grants.length === 0 ? '' : `, as ${[...new Set(grants)].join(' and by ')} allows`;
}

/** Who mints for the caller may be the server itself, where it has a file of credentials and nothing says whose that is. */
function unlessUnsaid(deployment: Deployment, seen: Observation): Observation {
  const { credentials } = cloudRunOf(deployment).plan;
  if (!seen.succeeded || credentials === undefined || credentials.stated) return seen;
  return {
    succeeded: false,
    observed: `${seen.observed}; whose the server's file of credentials is stands in no file`,
  };
}

/** A refusal in the run is none in the cloud where the files leave open who is let in. */
function unlessUndecided({ artifact }: Deployment, seen: Observation): Observation {
  if (seen.succeeded) return seen;
  const doubts = (artifact.cloudRun ?? []).flatMap((service) => invokersByEveryPath(artifact, service).undecided);
  const [doubt] = doubts;
  return doubt === undefined ? seen : { succeeded: false, observed: `not decided: ${[...new Set(doubts)].join('; ')}` };
}
