import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { argumentsOf, programOf } from './process-tree';
import type { ReplaceableServer } from './replaceable-server';

const TIMEOUT_MS = 10_000;
const PROGRAM = 'restate-server';

/**
 * The configuration that a running server has, as the same binary dumps it: in the same container, as the same user, with the arguments and
 * the environment of the process that runs, after whatever the entry script did to them. It is read and never logged: it may hold secrets.
 *
 * An entry script that has not become the server yet is not asked: its arguments, run once more, are a second server, which takes the
 * ports of the first.
 *
 * @throws Error while the server is not there yet, and when it does not dump
 */
export async function dumpConfig(server: ReplaceableServer): Promise<Readonly<Record<string, unknown>>> {
  const pid = server.pid();
  const argv = argumentsOf(pid);
  const variables = variablesOf(pid);
  // a process that is becoming a program has its name before its arguments, and these before its environment
  if (programOf(pid) !== PROGRAM || argv.length === 0 || variables.length === 0) {
    throw new Error(`${PROGRAM} does not run yet`);
  }
  const environment = Object.fromEntries(variables.map(assignment));
  const { code, stdout } = await server.execute([...argv, '--dump-config'], TIMEOUT_MS, environment);
  if (code !== 0) {
    throw new Error(`the server ended with ${code ?? 'a signal'} instead of dumping its configuration`);
  }
  return parse(stdout);
}

function variablesOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').slice(0, -1);
}

function assignment(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}
