import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { SandboxContext } from '../../../lib/prove/sandbox/inner-main';

/** What a loiterer is told. */
export interface Loitering {
  /** Unique in the run; names all that it leaves behind. At most 10 characters. */
  readonly mark: string;
  readonly ending: 'return' | 'throw' | 'hang';
}

/** Leaves one of everything lying around: a network namespace, a link, a mount, a file, a process that nobody waits for. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<unknown> {
  const { mark, ending } = input as Loitering;
  execFileSync('ip', ['netns', 'add', mark]);
  execFileSync('ip', ['link', 'add', mark, 'type', 'veth', 'peer', 'name', `${mark}p`]);
  execFileSync('mkdir', [`/run/${mark}`]);
  execFileSync('mount', ['-t', 'tmpfs', mark, `/run/${mark}`]);
  writeFileSync(`/run/${mark}/file`, mark);
  spawn('ip', ['netns', 'exec', mark, 'sh', '-c', `sleep 600; : ${mark}`], { detached: true, stdio: 'ignore' }).unref();
  const others = execFileSync('ip', ['-brief', 'netns', 'list'], { encoding: 'utf8' });
  context.emit({ settled: mark, others });
  if (ending === 'throw') throw Object.assign(new Error(`${mark} was thrown`), { code: 'Thrown' });
  if (ending === 'hang') await new Promise(() => setInterval(() => undefined, 1000));
  return { mark };
}
