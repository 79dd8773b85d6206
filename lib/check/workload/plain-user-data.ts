import type { MachineScript } from './machine-start';

const AGENT_FILE = '/etc/ecs/ecs.config';
/** Lines that change nothing, and the rule by which constructs of AWS keep containers of a bridge from the metadata service. */
const HARMLESS: readonly RegExp[] = [
  /^\s*(?:#.*)?$/,
  /^set [-+][euxo]+(?: pipefail)?$/,
  /^(?:sudo )?iptables --insert (?:FORWARD|DOCKER-USER) 1 --in-interface docker\+ --destination 169\.254\.169\.254\/32 --jump DROP$/,
  /^(?:sudo )?service iptables save$/,
];
const TOLD =
  /^echo (?<quote>["']?)(?<name>ECS_[A-Z_]+)=(?<value>[^"'$`\\;&|<>\s]*)\k<quote>\s*>>?\s*\/etc\/ecs\/ecs\.config$/;
const BEGINS =
  /^cat (?:<<-?\s*["']?(?<one>\w+)["']?\s*>>?\s*(?<to>\S+)|>>?\s*(?<at>\S+)\s*<<-?\s*["']?(?<two>\w+)["']?)$/;
const SETTING = /^(?<name>ECS_[A-Z_]+)=(?<value>[^$`]*)$/;

/**
 * User data that tells the container agent something by `echo` or `cat`, and does nothing else, as most do that nobody rendered.
 *
 * @returns `undefined` where a line does something else
 */
export function plainUserData(script: string): MachineScript | undefined {
  const [first, ...rest] = script.split('\n').map((line) => line.trimEnd());
  const agent = new Map<string, string>();
  if (script === '') return { kind: 'known', agent };
  if (!/^#!\/bin\/(?:ba)?sh(?: -[ex]+)?$/.test(first ?? '')) return undefined;
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    const told = TOLD.exec(line)?.groups ?? {};
    const { one, two = one, to, at = to } = BEGINS.exec(line)?.groups ?? {};
    const end = two === undefined ? -1 : rest.indexOf(two);
    const settings = rest.slice(0, Math.max(end, 0)).map((each) => SETTING.exec(each)?.groups);
    if (told['name'] !== undefined) {
      agent.set(told['name'], told['value'] ?? '');
    } else if (at === AGENT_FILE && end !== -1 && settings.every((each) => each !== undefined)) {
      rest.splice(0, end + 1);
      for (const { name = '', value = '' } of settings) agent.set(name, value);
    } else if (!HARMLESS.some((pattern) => pattern.test(line ?? ''))) {
      return undefined;
    }
  }
  return { kind: 'known', agent };
}
