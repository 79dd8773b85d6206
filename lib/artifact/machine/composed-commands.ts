import { posix } from 'node:path';
import type { CloudConfig, Report } from './cloud-config';
import { composeServices } from './compose-file';
import type { MachineCommand, MachineStartup } from './machine-commands';

const COMPOSE_FILE = /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/;

/**
 * What a machine runs, and for each service of its compose files the `docker run` that starts the same. That compose is run stays reported:
 * which of the files it reads, and with which variables, is not followed.
 */
export function composedCommands(startup: MachineStartup, { files }: CloudConfig, report: Report): MachineStartup {
  const [starter] = startup.commands.filter(startsServices);
  if (starter === undefined) return startup;
  const named = [...files].filter(([path]) => COMPOSE_FILE.test(posix.basename(path)));
  if (named.length === 0) report('starts services by compose, of whose file its own say nothing');
  const services = named.flatMap(([, text]) => composeServices(text, report));
  const commands = services.map(({ words }): MachineCommand => ({
    words: ['docker', 'run', ...words].map((text) => ({ text, raw: text, exact: true, bare: false })),
    conditional: starter.conditional,
    mayFail: starter.mayFail,
    ...(starter.unit !== undefined && { unit: starter.unit }),
  }));
  return { started: startup.started, commands: [...startup.commands, ...commands] };
}

function startsServices({ words }: MachineCommand): boolean {
  const [program = '', ...rest] = words.map(({ text }) => text);
  const name = posix.basename(program);
  return rest.includes('up') && (name === 'docker-compose' || (name === 'docker' && rest.includes('compose')));
}
