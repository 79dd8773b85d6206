import type { Artifact } from '../../../artifact/artifact';
import { spell } from '../../../artifact/iam/principal';
import type { RestateDeployment } from '../../../artifact/role';
import { references } from '../../../artifact/text';
import { broken, type Wrong } from '../../server/wrong';
import type { Door } from '../access-log';
import { publicDoors } from '../public-doors';
import type { AlertNeed } from './alert-candidates';
import { containerEntry, groupsOf, machineNames, unhealthyEntry } from './log-entries';
import type { LogEntry } from './logging-query';

const MOST_CALLS = 1000;
const MOST_AT_ADMIN = 100;
const MOST_RELAPSES = 5;

/** What policies must raise alerts for: the machine, and the lines of each door of its proxy that somebody comes in by. */
export function neededAlerts(artifact: Artifact, server: RestateDeployment): readonly AlertNeed[] {
  return [...machineNeeds(artifact, server), ...doorNeeds(artifact, server)];
}

function machineNeeds(artifact: Artifact, { host }: RestateDeployment): readonly AlertNeed[] {
  const [machine = ''] = machineNames(artifact, host);
  const [group] = groupsOf(artifact, host);
  return [
    {
      about: 'the machine is gone',
      series: {
        resource: { type: 'gce_instance' },
        metric: { type: 'compute.googleapis.com/instance/uptime', labels: { instance_name: machine } },
      },
      also: [],
      most: 0,
    },
    {
      about: 'the machine does not stay healthy',
      lines: (filter) => [unhealthyEntry(spell(group?.name ?? []), filter)],
      others: (filter) => [containerEntry(machine, '{"log":"ingress","status":200}', filter)],
      also: unloggedChecks(artifact, host.id),
      most: MOST_RELAPSES,
    },
  ];
}

/** Google says what a health check finds only where it is told to. */
function unloggedChecks({ balancers, mentions = [], trafficLogs = [] }: Artifact, host: string): readonly Wrong[] {
  const targets = balancers.flatMap(({ listeners }) => listeners.flatMap((listener) => listener.targets));
  const backends = new Set(targets.filter((target) => target.host === host).map(({ group }) => group));
  const checks = mentions.filter(({ by }) => backends.has(by)).flatMap(({ of }) => of);
  const logged = trafficLogs.flatMap(({ of }) => of.flatMap(references)).map(({ logicalId }) => logicalId);
  return checks.some((check) => logged.includes(check))
    ? []
    : [broken(`no health check of a balancer writes down what it finds (${checks.join(', ') || 'there is none'})`)];
}

function doorNeeds(artifact: Artifact, server: RestateDeployment): readonly AlertNeed[] {
  const [machine = ''] = machineNames(artifact, server.host);
  const doors = publicDoors({ artifact, server });
  const handshakes = doors.filter(({ kind }) => kind === 'handshake');
  const entries = (of: readonly Door[], statuses: readonly number[]): ((filter: string) => readonly LogEntry[]) => {
    const written = of.flatMap(({ line }) =>
      line === undefined ? [] : statuses.map((status) => JSON.stringify(line(status))),
    );
    return (filter) => written.map((line) => containerEntry(machine, line, filter));
  };
  return doors
    .filter(({ kind }) => kind !== 'handshake')
    .flatMap((door): readonly AlertNeed[] => {
      const most = door.kind === 'admin' ? MOST_AT_ADMIN : MOST_CALLS;
      const refused = entries([door], [401, 403]);
      const failed = door.kind === 'ingress' ? entries(handshakes, [0]) : (): readonly LogEntry[] => [];
      const common = { also: [], most, others: entries([door], [200]) };
      return [
        {
          ...common,
          about: `requests at ${door.name} are refused for their credential`,
          lines: (filter) => [...refused(filter), ...failed(filter)],
        },
        { ...common, about: `there are too many requests at ${door.name}`, lines: entries([door], [429]) },
        ...(door.kind === 'admin'
          ? []
          : [{ ...common, about: `calls at ${door.name} end with 5xx`, lines: entries([door], [500, 503]) }]),
      ];
    });
}
