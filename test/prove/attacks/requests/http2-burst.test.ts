import http2 from 'node:http2';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { closeHttp2, http2Requests, openHttp2 } from '../../../../lib/prove/attacks/requests/http2-burst';

/** Sends the bytes to Node's own HTTP/2 server and returns what it understood. */
async function understood(bytes: string): Promise<{ readonly seen: readonly object[]; readonly closed: boolean }> {
  const seen: object[] = [];
  const server = http2.createServer((request, response) => {
    seen.push({
      method: request.method,
      path: request.url,
      authority: request.authority,
      from: request.headers['x-from'],
    });
    response.end();
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  const closed = await new Promise<boolean>((resolve) => {
    socket.on('close', () => resolve(true));
    socket.on('error', () => undefined).resume();
    socket.write(Buffer.from(bytes, 'latin1'));
    setTimeout(() => resolve(false), 2_000);
  });
  socket.destroy();
  server.close();
  return { seen, closed };
}

test('a burst is as many HTTP/2 requests as it says, and ends the connection', async () => {
  const requests = [1, 2, 3].map((number) => ({
    authority: 'restate.example.com',
    // a length of one byte, and of two
    path: `/Counter/${'k'.repeat(number * 60)}/add`,
    headers: [['x-from', `192.0.2.${number}`]] as const,
  }));
  const { seen, closed } = await understood(openHttp2() + http2Requests(requests, 1) + closeHttp2());
  expect(closed).toBe(true);
  expect(seen).toEqual(
    requests.map(({ authority, path, headers }) => ({ method: 'POST', path, authority, from: headers[0][1] })),
  );
});
