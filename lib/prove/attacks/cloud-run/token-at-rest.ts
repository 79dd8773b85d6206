import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { SERVERLESS } from '../../google-cloud/front-decision';
import { registrationOf } from '../../service/registration';
import { rehearseRaw } from '../doors/registration';
import { goodCaller } from '../good-call';
import { send, tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';
import { whoRefused } from '../refusal';
import { serversCalls } from './audience';
import { cloudRunAttack, cloudRunOf } from './front-call';

/** What becomes of the token that the server shows to Google, and of what callers and operators show to the service. */
export const CLOUD_RUN_TOKEN_ATTACKS: readonly Attack[] = [
  cloudRunAttack({
    id: 'cloud-run-token-in-journal',
    claim: 'cloud-run-token-not-persisted',
    from: 'task',
    attempt: "a search of the server's journal, invocations and deployments for a token of Google's, by SQL",
    expected: 'the records hold none',
    async run(deployment) {
      const seen = await tryCall(deployment, callersDoor(deployment), goodCaller(deployment));
      if (!seen.succeeded) return seen;
      const tables = ['sys_journal', 'sys_invocation', 'sys_deployment'] as const;
      const marks = await marksOf(deployment);
      const found = await Promise.all(
        tables.map(async (table) => ({ table, text: await everything(deployment, table) })),
      );
      const holding = found.filter(({ text }) => marks.some((mark) => text.toLowerCase().includes(mark.toLowerCase())));
      if (holding.length > 0) {
        return { succeeded: true, observed: `found in ${holding.map(({ table }) => table).join(', ')}` };
      }
      return {
        succeeded: false,
        observed: 'in none of them',
        refusedBy: 'restate: keeps the token out of its records',
      };
    },
    control: {
      from: 'task',
      attempt: 'a token went with the call, and the same search finds the path of the call',
      async run(deployment) {
        const seen = await tryCall(deployment, callersDoor(deployment), goodCaller(deployment));
        const shown = (await serversCalls(deployment)).filter((each) => each.shown === SERVERLESS).length;
        const journal = await everything(deployment, 'sys_journal');
        const succeeded = seen.succeeded && shown > 0 && journal.includes('x-restate-ingress-path');
        return { succeeded, observed: `${shown} calls with a token; ${seen.observed}` };
      },
    },
  }),
  cloudRunAttack({
    id: 'cloud-run-header-of-caller',
    claim: 'cloud-run-token-not-persisted',
    from: 'caller',
    attempt: `a good call with an ${SERVERLESS} of the caller's own`,
    expected: 'the call is made, and neither journal nor service get the header',
    run: (deployment) => sendPlanted(deployment, SERVERLESS, false),
    control: {
      from: 'caller',
      attempt: 'the same call with a header that belongs to a durable call',
      run: (deployment) => sendPlanted(deployment, 'traceparent', true),
    },
  }),
  cloudRunAttack({
    id: 'cloud-run-token-at-service',
    claim: 'cloud-run-token-not-persisted',
    from: 'task',
    attempt: "a look for the server's token in what reaches the service, where the registration sets an Authorization",
    expected: 'the front end keeps the token, and passes on that Authorization as it is',
    async run(deployment) {
      const { headers, said } = await discoverWith(deployment, plantedSecret());
      if (headers === undefined) return { succeeded: false, observed: `nothing arrived; the server said: ${said}` };
      const requests = await deployment.service.requests();
      const holding = requests.filter((request) => request.headers[SERVERLESS] !== undefined);
      if (holding.length > 0) return { succeeded: true, observed: `${holding.length} requests carry ${SERVERLESS}` };
      return {
        succeeded: false,
        observed: `none of ${requests.length} requests`,
        refusedBy: `google: ${SERVERLESS} removed`,
      };
    },
    control: {
      from: 'task',
      attempt: 'the Authorization that the registration sets arrives unchanged',
      async run(deployment) {
        const planted = plantedSecret();
        const { headers, said } = await discoverWith(deployment, planted);
        const succeeded = headers?.['authorization'] === `Bearer ${planted}`;
        return { succeeded, observed: succeeded ? 'it arrived unchanged' : `it did not arrive: ${said}` };
      },
    },
  }),
];

/** What a token of the run is found by: the header that it goes in, and how each begins. */
async function marksOf(deployment: Deployment): Promise<readonly string[]> {
  const { idToken, registered } = cloudRunOf(deployment);
  const [head = ''] = idToken({ email: 'nobody@example.com', audience: registered.url }).split('.');
  return [SERVERLESS, head];
}

async function everything(
  { records }: Deployment,
  table: 'sys_journal' | 'sys_invocation' | 'sys_deployment',
): Promise<string> {
  const query = `SELECT ${table === 'sys_journal' ? 'entry_json' : '*'} FROM ${table}`;
  const answer = await records.admin('/query', { json: { query }, timeoutMs: 8000 });
  if (answer.status !== 200) throw new Error(`the server's records answered ${answer.status}`);
  return answer.body;
}

/** Callers have no Authorization that reaches the server; this is the vendor's way to give the service one. */
async function discoverWith(
  deployment: Deployment,
  planted: string,
): Promise<{ readonly headers?: Readonly<Record<string, string>>; readonly said: string }> {
  const key = uniqueKey();
  const { service } = deployment;
  const said = await rehearseRaw(deployment, {
    ...registrationOf(service),
    // of an address that it knows the server asks nothing
    uri: `${service.uri}/${key}`,
    additional_headers: { authorization: `Bearer ${planted}` },
  });
  const found = (await service.requests()).find(({ path }) => path.startsWith(`/${key}/`));
  return { ...(found && { headers: found.headers }), said };
}

/** @param wanted whether it is to arrive */
async function sendPlanted(deployment: Deployment, name: string, wanted: boolean): Promise<Observation> {
  const door = callersDoor(deployment);
  const key = uniqueKey();
  const value = wanted ? '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' : `Bearer ${plantedSecret()}`;
  const report = await send(deployment, door, { key, ...goodCaller(deployment), headers: [[name, value]] });
  const id = report.outcome === 'response' ? report.headers['x-restate-id'] : undefined;
  if (id === undefined) return whoRefused(deployment, door, { marker: key, report });
  const journal = (await deployment.records.journalHeaders(id)).some((header) => header.name === name);
  const service = (await deployment.service.requests()).some(({ headers }) => headers[name] === value);
  if (journal || service) {
    return { succeeded: true, observed: `${name} stands in ${journal ? 'the journal' : 'a request to the service'}` };
  }
  const observed = `${name} stands in neither journal nor request`;
  return { succeeded: false, observed, ...(!wanted && { refusedBy: `envoy: ${name} removed` }) };
}
