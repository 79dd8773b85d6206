import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { argumentsOf } from './process-tree';
import type { ReplaceableServer } from './replaceable-server';

const TIMEOUT_MS = 10_000;

/**
 * The configuration that a running server has, as the same binary dumps it: in the same container, as the same user, with the arguments and
 * the environment of the process that runs, after whatever the entry script did to them. It is read and never logged: it may hold secrets.
 */
export async function dumpConfig(server: ReplaceableServer): Promise<Readonly<Record<string, unknown>>> {
  const pid = server.pid();
  const environment = Object.fromEntries(variablesOf(pid).map(assignment));
  const { code, stdout } = await server.execute([...argumentsOf(pid), '--dump-config'], TIMEOUT_MS, environment);
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
