import type { Container, Host } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import { literal } from '../../artifact/text';
import { scriptOf } from '../workload/container-scripts';
import { recognise } from '../workload/known-script';
import { CERTIFICATE_SCRIPT } from '../workload/known-scripts';
import { durationSeconds } from './duration';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst, type Wrong } from './wrong';

const SHUTDOWN = 'shutdown-timeout';
/** What the server takes where nothing is said. */
const SHUTDOWN_SECONDS = 60;
/** Less than this is no time to end anything in. */
const LEAST_SECONDS = 5;
/** What ECS waits for where a container says nothing. */
const ECS_STOP_SECONDS = 30;

/** Decides whether a server that is replaced may end its work, and whether the next one starts only after that, and before its callers come. */
export const DEPLOY_DRAINS: CheckedClaim = serverClaim('deploy-drains', (server) => {
  const { host, restate } = server;
  const { settings, doubt } = serverSettings(restate);
  const setting = settings.get(SHUTDOWN);
  const needed = setting === undefined ? SHUTDOWN_SECONDS : durationSeconds(setting.value ?? '');
  const given = restate.stopTimeoutSeconds ?? ECS_STOP_SECONDS;
  const wrong = [
    needed === undefined ? unproven(`${setting?.said ?? SHUTDOWN} is no duration that can be read`) : undefined,
    needed !== undefined && given < needed
      ? broken(`${restate.name} is killed after ${given} s, and takes up to ${needed} s to end its work`)
      : undefined,
    needed !== undefined && needed < LEAST_SECONDS
      ? broken(`${setting?.said ?? SHUTDOWN} gives ${restate.name} ${needed} s to end its work, so that it ends none`)
      : undefined,
    ...ofRollout(host, restate),
    host.rollout?.givesUp === false
      ? broken(
          `${host.rollout.id} goes on for hours with a version that never becomes healthy (DeploymentCircuitBreaker)`,
        )
      : undefined,
    ...(host.instance === undefined ? [...ofOrder(server), ...ofHealth(restate)] : []),
    doubt === undefined ? undefined : unproven(doubt),
  ];
  return worst(wrong, `${restate.name} has ${given} s to end its work, which takes it ${needed ?? ''} s at most`);
});

/** Two servers on one disk at a time are one too many. */
function ofRollout({ rollout, volumes }: Host, restate: Container): readonly Wrong[] {
  const hasDisk = restate.mounts.some(
    ({ volume }) => volumes.find(({ name }) => name === volume)?.hostPath !== undefined,
  );
  if (rollout === undefined || !hasDisk) return [];
  const { id, count, leastPercent = 0, mostPercent } = rollout;
  return [
    ...(count === undefined || mostPercent === undefined ? [unproven(`how many of it ${id} runs is not known`)] : []),
    ...(count !== undefined && count > 1 ? [broken(`${id} runs ${count} servers on one disk`)] : []),
    ...(mostPercent !== undefined && mostPercent > 100
      ? [broken(`${id} starts the next server beside the last one, on the same disk (MaximumPercent ${mostPercent})`)]
      : []),
    ...(mostPercent !== undefined && mostPercent <= 100 && leastPercent > 0
      ? [
          broken(
            `${id} may neither stop the last server nor start the next one beside it (MinimumHealthyPercent ${leastPercent})`,
          ),
        ]
      : []),
  ];
}

/** In a task, callers come in when the server is there, and what was made for a container is there before it. */
function ofOrder({ host, restate, envoy }: RestateDeployment): readonly Wrong[] {
  const lasting = host.containers.filter(({ essential }) => essential);
  const makers = host.containers.filter(({ essential }) => !essential);
  const unawaited = makers.flatMap((maker) =>
    lasting
      .filter((each) => each !== maker && readsFrom(each, maker) && !waits(each, maker, ['SUCCESS', 'COMPLETE']))
      .map((each) => broken(`${each.name} does not wait for what ${maker.name} makes for it`)),
  );
  const strange = makers
    .filter((maker) => lasting.some((each) => readsFrom(each, maker)) && !mintsCertificate(maker))
    .map(({ name }) => unproven(`what ${name} makes is not known: no release of portcullis starts it so`));
  const isEarly = envoy !== undefined && envoy !== restate && !waits(envoy, restate, ['HEALTHY']);
  const names = host.containers.map(({ name }) => name);
  const dangling = host.containers.flatMap(({ name, dependsOn }) =>
    dependsOn
      .filter((each) => !names.includes(each.container))
      .map((each) => broken(`${name} waits for ${each.container}, which is no container of the task`)),
  );
  const early = isEarly ? [broken(`${envoy.name} lets callers in before ${restate.name} is healthy`)] : [];
  return [...early, ...unawaited, ...dangling, ...strange];
}

function mintsCertificate(maker: Container): boolean {
  const script = scriptOf(maker);
  return script !== undefined && recognise(script, CERTIFICATE_SCRIPT) !== undefined;
}

function readsFrom(reader: Container, maker: Container): boolean {
  const written = maker.mounts.filter(({ readOnly }) => !readOnly).map(({ volume }) => volume);
  return reader.mounts.some(({ volume, readOnly }) => readOnly && written.includes(volume));
}

function waits(each: Container, other: Container, conditions: readonly string[]): boolean {
  return each.dependsOn.some(({ container, condition }) => container === other.name && conditions.includes(condition));
}

/** Whether the server answers is asked of itself, and an answer that is none counts as none. */
function ofHealth({ name, healthCheck = [] }: Container): readonly Wrong[] {
  const words = healthCheck.map((word) => literal(word) ?? '');
  if (words.length === 0) return [broken(`nothing asks ${name} whether it is healthy`)];
  const said = words.join(' ');
  const isAsking = /\/(?:restate\/)?health\b/.test(said) && /^CMD(?:-SHELL)? /.test(said);
  const fails = !/\bcurl\b/.test(said) || /\s(?:--fail(?:-with-body)?|-\w*f\w*)\b/.test(said);
  return isAsking && fails
    ? []
    : [unproven(`what the health check of ${name} asks is not understood: ${said.slice(0, 80)}`)];
}
