import type { AlarmMetric } from '../../artifact/alarm';
import type { Artifact, Balancer } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import type { Text } from '../../artifact/text';
import { references } from '../../artifact/text';
import type { CheckedDeployment } from '../checked-deployment';
import { isEqual, spell } from '../identity/text-pattern';
import { relatedTo } from '../stores/related';
import { scriptOf } from '../workload/container-scripts';
import { recognise } from '../workload/known-script';
import { EXPIRY_SCRIPT } from '../workload/known-scripts';
import { type Door, doorsOf } from './access-log';
import { type AlarmNeed, type LinesNeed, madeOf, type RuleNeed, type Source } from './alarm-needs';
import type { LogLine } from './filter-pattern';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const GOOD_STATUS = 200;
/** In seconds since 1970. */
const SOME_TIME = 2_000_000_000;
/** A list by itself, or what comes from the machine to check certificates of clients by. */
const HAS_LIST = /"crl"|"validation_context_sds_secret_config"/;
const TAKES_KEYS = '"payload_in_metadata":"api_key"';
const COUNT: Pick<RuleNeed, 'bad' | 'least' | 'statistics' | 'withinSeconds' | 'silence'> = {
  bad: 'high',
  least: 1,
  statistics: ['Sum'],
  withinSeconds: HOUR,
  silence: ['is-good', 'ignored', 'missing', 'raises'],
};
/** More refusals than these in one window are no longer few. */
const MOST_CALLS = 1000;
const MOST_AT_ADMIN = 100;

/** A server that is watched, and what its file says about that. */
interface Watched {
  readonly server: RestateDeployment;
  readonly artifact: Artifact;
  readonly doors: readonly Door[];
}

/** What alarms must go off for, by what the deployment has: doors, certificates, keys that expire, schedules. */
export function neededAlarms(deployment: CheckedDeployment, server: RestateDeployment): readonly AlarmNeed[] {
  const watched = { server, artifact: deployment.artifact, doors: doorsOf(server) ?? [] };
  return [
    healthNeed(watched),
    diskNeed(watched),
    ...doorNeeds(watched),
    ...certificateNeeds(watched),
    ...credentialNeeds(watched),
    ...snapshotNeeds(deployment),
  ];
}

function healthNeed({ artifact, server }: Watched): AlarmNeed {
  const ways = artifact.balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) => targets.some(({ host }) => host === server.host.id)),
  );
  const isOfOne = (metric: AlarmMetric): boolean =>
    ways.some(({ id, listeners }) => {
      const groups = listeners.flatMap(({ targets }) => targets.map(({ group }) => group));
      const ids = [...groups, id, ...listeners.map((listener) => listener.id)];
      return isAbout(metric, 'TargetGroup', groups) && isAbout(metric, 'LoadBalancer', ids);
    });
  return {
    about: 'no node answers',
    watches: (metric) =>
      spell(metric.name) === 'HealthyHostCount' && /^AWS\/(?:NetworkELB|ApplicationELB)$/.test(spell(metric.namespace))
        ? {
            restsOn: [],
            ...(isOfOne(metric) && metric.dimensions.length === 2
              ? deaf(ways)
              : { fault: 'its dimensions name no target group and balancer of this deployment' }),
          }
        : undefined,
    rule: {
      bad: 'low',
      least: 1,
      most: 1,
      statistics: ['Maximum', 'Minimum', 'Average'],
      withinSeconds: 15 * MINUTE,
      silence: ['raises'],
    },
  };
}

/** A target that takes connections is not one that answers. */
function deaf(ways: readonly Balancer[]): Pick<Source, 'fault'> {
  const targets = ways.flatMap(({ listeners }) => listeners.flatMap((listener) => listener.targets));
  const unasked = targets.filter(
    ({ healthCheck }) => !/^HTTPS?$/.test(healthCheck.protocol) || healthCheck.path === undefined,
  );
  return unasked.length === 0
    ? {}
    : { fault: `${unasked.map(({ group }) => group).join(', ')} asks no path whether it is well` };
}

function isAbout({ dimensions }: AlarmMetric, name: string, of: readonly string[]): boolean {
  return dimensions.some(
    (each) => each.name === name && references(each.value).some(({ logicalId }) => of.includes(logicalId)),
  );
}

/** The agent of CloudWatch has a metric of its own. */
function ofAgent({ name, namespace }: AlarmMetric): Source | undefined {
  return spell(name) === 'disk_used_percent' && spell(namespace) === 'CWAgent' ? { restsOn: [] } : undefined;
}

function diskNeed(watched: Watched): AlarmNeed {
  const own = ofMachine(watched, 'disk_used_percent', 99);
  return {
    about: 'the data disk is filling up',
    watches: (metric) => own(metric) ?? ofAgent(metric),
    rule: {
      bad: 'high',
      least: 1,
      most: 95,
      statistics: ['Maximum', 'Average'],
      withinSeconds: HOUR,
      silence: ['raises'],
    },
  };
}

function doorNeeds(watched: Watched): readonly AlarmNeed[] {
  const { doors } = watched;
  if (doors.length === 0) return [byBalancer('calls end with 5xx', /5XX/), byBalancer('calls are refused', /4XX/)];
  const handshakes = doors.filter(({ kind }) => kind === 'handshake');
  return doors
    .filter(({ kind }) => kind !== 'handshake')
    .flatMap((door) => {
      const most = door.kind === 'admin' ? MOST_AT_ADMIN : MOST_CALLS;
      const refusals = lines([door], [401, 403]);
      const broken = door.kind === 'ingress' ? lines(handshakes, [0]) : [];
      return [
        counting(watched, `requests at ${door.name} are refused for their credential`, [...refusals, ...broken], most),
        counting(
          watched,
          `requests at ${door.name} are refused because there are too many`,
          lines([door], [429]),
          MOST_CALLS,
        ),
        ...(door.kind === 'admin'
          ? []
          : [counting(watched, `calls at ${door.name} end with 5xx`, lines([door], [500, 502, 503, 504]), most)]),
      ];
    });
}

function counting(watched: Watched, about: string, wanted: readonly LogLine[], most: number): AlarmNeed {
  const others = lines(
    watched.doors.filter(({ kind }) => kind !== 'handshake'),
    [GOOD_STATUS],
  );
  return { about, watches: fromLines(watched, { lines: wanted, others }), rule: { ...COUNT, most } };
}

/** A door that writes no lines has none to count: then no alarm is found. */
function lines(doors: readonly Door[], statuses: readonly number[]): readonly LogLine[] {
  return doors.flatMap(({ line }) => (line === undefined ? [{}] : statuses.map((status) => line(status))));
}

function byBalancer(about: string, name: RegExp): AlarmNeed {
  return {
    about,
    watches: (metric) =>
      name.test(spell(metric.name)) && spell(metric.namespace) === 'AWS/ApplicationELB' ? { restsOn: [] } : undefined,
    rule: { ...COUNT, most: MOST_CALLS },
  };
}

/** Of each certificate that balancers show, and of the one that the proxy shows where a balancer passes TLS on. */
function certificateNeeds(watched: Watched): readonly AlarmNeed[] {
  const { artifact, server } = watched;
  const ways = artifact.balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) => targets.some(({ host }) => host === server.host.id)),
  );
  const shown = (artifact.balancerSettings ?? [])
    .filter(({ id }) => ways.some((way) => way.id === id))
    .flatMap(({ certificates }) => certificates);
  const passed = ways.some(({ listeners }) => listeners.some(({ protocol }) => protocol === 'TCP'));
  const rule = {
    bad: 'low',
    least: 7,
    most: 90,
    statistics: ['Minimum', 'Average', 'Maximum'],
    withinSeconds: 3 * DAY,
    silence: ['raises'],
  } as const;
  return [
    ...shown.map((certificate) => ({
      about: `certificate ${spell(certificate)} expires soon`,
      watches: ofCertificate(certificate),
      rule,
    })),
    ...(passed
      ? [
          {
            about: 'the certificate of the proxy expires soon',
            watches: ofExpiry(watched),
            rule: { ...rule, made: 'days' },
          } as const,
        ]
      : []),
  ];
}

/** Such lines come of a container that looks at nothing else. */
function ofExpiry(watched: Watched): AlarmNeed['watches'] {
  const member = 'certificate_seconds_left';
  const watches = fromLines(watched, { lines: [{ log: 'expiry', [member]: 1 }], others: [], member });
  const isWritten = watched.server.host.containers.some((container) => {
    const script = scriptOf(container);
    return script !== undefined && recognise(script, EXPIRY_SCRIPT) !== undefined;
  });
  return (metric) => {
    const source = watches(metric);
    return source === undefined || isWritten
      ? source
      : { ...source, fault: 'no container is known to write how long the certificate lasts' };
  };
}

function ofCertificate(certificate: Text): AlarmNeed['watches'] {
  return ({ namespace, name, dimensions }) => {
    const isExpiry = spell(namespace) === 'AWS/CertificateManager' && spell(name) === 'DaysToExpiry';
    const [only, ...others] = dimensions;
    const isOf = only?.name === 'CertificateArn' && others.length === 0 && isEqual(only.value, certificate);
    return isExpiry && isOf ? { restsOn: [] } : undefined;
  };
}

/** Revocation lists, where the proxy has them; API keys, where it takes them. */
function credentialNeeds(watched: Watched): readonly AlarmNeed[] {
  const { server, doors } = watched;
  const hasList = [...(server.envoy?.command ?? []), ...(server.envoy?.entryPoint ?? [])].some((word) =>
    HAS_LIST.test(spell(word)),
  );
  const keyed = doors.filter(({ keyExpiry }) => keyExpiry.length > 0);
  const taken = (server.envoy?.command ?? []).some((word) => spell(word).includes(TAKES_KEYS));
  return [...(hasList ? [listNeed(watched)] : []), ...(taken ? keyed.map((door) => keyNeed(watched, door)) : [])];
}

function listNeed(watched: Watched): AlarmNeed {
  return {
    about: 'the revocation list expires soon',
    watches: ofMachine(watched, 'revocation_list_seconds_left', 1),
    rule: {
      bad: 'low',
      least: HOUR,
      most: 365 * DAY,
      statistics: ['Minimum', 'Average', 'Maximum'],
      withinSeconds: HOUR,
      silence: ['raises'],
    },
  };
}

/** A key shows when it is used, and then the last word stands. */
function keyNeed(watched: Watched, { name, line, keyExpiry }: Door): AlarmNeed {
  const said = (value: number | null): LogLine => ({
    ...line?.(GOOD_STATUS),
    ...Object.fromEntries(keyExpiry.map((member) => [member, value])),
  });
  const sources = keyExpiry.map((member) =>
    fromLines(watched, { lines: [said(SOME_TIME)], others: [said(null)], member }),
  );
  return {
    about: `an API key that is used at ${name} expires soon`,
    watches: (metric) => {
      const found = sources.flatMap((watches) => watches(metric) ?? []);
      return found.find(({ fault }) => fault === undefined) ?? found[0];
    },
    rule: {
      bad: 'low',
      least: MINUTE,
      most: 365 * DAY,
      statistics: ['Minimum'],
      withinSeconds: DAY,
      silence: ['ignored', 'raises', 'missing'],
      made: 'time-left',
    },
  };
}

/** An hour until a snapshot starts, and one for it to be tried again. */
function snapshotNeeds(deployment: CheckedDeployment): readonly AlarmNeed[] {
  const related = relatedTo(deployment);
  return (deployment.artifact.snapshotSchedules ?? [])
    .filter(({ id }) => related.has(id))
    .map(({ id, everyHours = 24 }) => ({
      about: `the newest snapshot of ${id} is too old`,
      watches: ({ namespace, name, dimensions }) => {
        const isCompleted = spell(namespace) === 'AWS/EBS' && spell(name) === 'SnapshotsCreateCompleted';
        const isOf = dimensions.some((each) => each.name === 'DLMPolicyId' && isEqual(each.value, [{ logicalId: id }]));
        return isCompleted ? { restsOn: [id], ...(!isOf && { fault: `its dimensions do not name ${id}` }) } : undefined;
      },
      rule: {
        bad: 'low',
        least: 1,
        most: 1,
        statistics: ['Sum', 'Maximum'],
        withinSeconds: (everyHours + 6) * HOUR,
        notWithinSeconds: everyHours * HOUR,
        silence: ['raises'],
      },
    }));
}

function ofMachine(watched: Watched, member: string, value: number): AlarmNeed['watches'] {
  return fromLines(watched, { lines: [{ log: 'machine', [member]: value }], others: [], member });
}

/** Lines go to the groups of the containers, and to those that the machine's script names. */
function fromLines({ artifact, server }: Watched, need: Omit<LinesNeed, 'logs'>): AlarmNeed['watches'] {
  const ofContainers = server.host.containers.flatMap(({ logOptions }) => {
    const group = logOptions?.['awslogs-group'];
    return group === undefined ? [] : [group];
  });
  const ofMachineScript = references(server.host.machine?.userData ?? []).map((reference): Text => [reference]);
  const logs = need.member === undefined ? ofContainers : [...ofContainers, ...ofMachineScript];
  return (metric) => madeOf(metric, artifact.logMetrics ?? [], { ...need, logs });
}
