import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTEN = '0A';
const PAUSE_MS = 10;

/** TCP ports, of either family, that somebody listens on in the network of a process: what the kernel says, without a packet. */
export function listeningPorts(pid: number): ReadonlySet<number> {
  const lines = ['tcp', 'tcp6'].flatMap((table) => read(`/proc/${pid}/net/${table}`).split('\n').slice(1));
  const ports = lines.flatMap((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return state === LISTEN ? [Number.parseInt(local?.split(':')[1] ?? '', 16)] : [];
  });
  return new Set(ports);
}

/** Waits until all these ports are listened on, and says whether they are. */
export async function awaitPorts(
  process: { isRunning(): boolean; pid(): number },
  ports: readonly number[],
  timeoutMs: number,
): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  while (process.isRunning() && Date.now() < until) {
    const open = listeningPorts(process.pid());
    if (ports.every((port) => open.has(port))) {
      return true;
    }
    await sleep(PAUSE_MS);
  }
  return false;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
