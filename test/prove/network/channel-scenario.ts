import { join } from 'node:path';
import { Channel } from '../../../lib/prove/network/channel';
import { report } from './report';

async function outcome(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch((error: unknown) => (error as Error).message);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function start(): Channel {
  return new Channel([process.execPath, join(__dirname, 'channel-child.js')]);
}

report(async () => {
  const channel = start();
  const first = outcome(channel.request({ echo: 'silence' }, 300));
  const found = {
    echo: await channel.request({ echo: 'line\u2028separator\nand \u{1f680}' }, 2000),
    large: (await channel.request<string>({ echo: 'x'.repeat(3_000_000) }, 5000)).length,
    failure: await outcome(channel.request({}, 2000)),
    silence: await first,
  };
  const ending = start();
  const ended = await outcome(ending.request({ end: 3 }, 2000));
  const afterwards = await outcome(ending.request({ echo: 1 }, 2000));
  const pid = channel.pid ?? 0;
  await channel.stop();
  return { ...found, ended, afterwards, alive: isAlive(pid) };
});
