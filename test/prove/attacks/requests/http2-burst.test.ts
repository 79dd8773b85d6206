import http2 from 'node:http2';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { http2Requests, openHttp2 } from '../../../../lib/prove/attacks/requests/http2-burst';

/** Sends the bytes to Node's own HTTP/2 server and returns what it understood, as soon as it is so many requests. */
async function understood(bytes: string, count: number): Promise<readonly object[]> {
  const seen: object[] = [];
  let enough: (() => void) | undefined;
  const server = http2.createServer((request, response) => {
    seen.push({
      method: request.method,
      path: request.url,
      authority: request.authority,
      from: request.headers['x-from'],
    });
    response.end();
    if (seen.length === count) enough?.();
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  await new Promise<void>((resolve) => {
    enough = resolve;
    socket.write(Buffer.from(bytes, 'latin1'));
    setTimeout(resolve, 4_000).unref();
  });
  socket.destroy();
  server.close();
  return seen;
}

test('a burst is as many HTTP/2 requests as it says', async () => {
  const requests = [1, 2, 3].map((number) => ({
    authority: 'restate.example.com',
    // a length of one byte, and of two
    path: `/Counter/${'k'.repeat(number * 60)}/add`,
    headers: [['x-from', `192.0.2.${number}`]] as const,
  }));
  expect(await understood(openHttp2() + http2Requests(requests, 1), requests.length)).toEqual(
    requests.map(({ authority, path, headers }) => ({ method: 'POST', path, authority, from: headers[0][1] })),
  );
});
