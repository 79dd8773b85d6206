import http2 from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { HttpProbe, ProbeResult } from '../../probe';
import { failed, failure } from './failure';
import { HeaderFrameRewriter, type Fields } from './http2-header-frames';

const MAX_SESSION_MEMORY_MB = 1000;

/** Sends a request over HTTP/2 with exactly the probe's fields, and reads the answer. */
export function probeHttp2(socket: Socket, probe: HttpProbe): Promise<ProbeResult> {
  const sections = [requestFields(probe), ...(probe.trailers ? [probe.trailers] : [])];
  const session = http2.connect('http://probe', {
    createConnection: () => rewritten(socket, sections),
    // A body that waits to be sent counts, and an answer that finds no memory left would be dropped.
    maxSessionMemory: MAX_SESSION_MEMORY_MB,
  });
  return new Promise<ProbeResult>((resolve) => {
    let goaway = '';
    session.on('goaway', (code) => (goaway = `GOAWAY ${errorName(code)}`));
    session.on('error', (error) => resolve(goaway === '' ? failure(error) : failed('closed', goaway)));
    session.on('close', () => resolve(failed('closed', goaway || 'the connection was closed before an answer')));
    // The fields are replaced on the way out; the client only needs to know whether an answer may have a body.
    const stream = session.request(
      { ':method': probe.method === 'HEAD' ? 'HEAD' : 'POST', ':path': '/' },
      {
        endStream: probe.body === undefined && probe.trailers === undefined,
        waitForTrailers: probe.trailers !== undefined,
      },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ placeholder: '1' }));
    if (!stream.writableEnded) stream.end(probe.body ?? '');
    readAnswer(stream, resolve);
  }).finally(() => session.destroy());
}

function readAnswer(stream: http2.ClientHttp2Stream, resolve: (result: ProbeResult) => void): void {
  let headers: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader = {};
  const body: Buffer[] = [];
  const finish = (otherwise: string): void => {
    const { ':status': status } = headers;
    if (status === undefined) resolve(failed('reset', otherwise));
    else resolve({ outcome: 'response', status, headers: flat(headers), body: Buffer.concat(body).toString('utf8') });
  };
  stream.on('response', (received) => (headers = received));
  stream.on('data', (chunk: Buffer) => body.push(chunk));
  stream.on('end', () => finish('stream ended without an answer'));
  stream.on('error', () => undefined);
  // An answer may be followed by a reset: the server did not want the rest of the body. Without one, and without a code, it is the
  // connection that ended, which its own events tell better.
  stream.on('close', () => {
    if (headers[':status'] !== undefined || stream.rstCode !== 0) finish(`stream reset: ${errorName(stream.rstCode)}`);
  });
}

function requestFields(probe: HttpProbe): Fields {
  const scheme = probe.tls === undefined ? 'http' : 'https';
  return [
    [':method', probe.method],
    [':scheme', scheme],
    [':authority', probe.authority],
    [':path', probe.path],
    ...probe.headers,
  ];
}

function rewritten(socket: Socket, sections: readonly Fields[]): Duplex {
  const rewriter = new HeaderFrameRewriter(sections);
  const duplex = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      const bytes = rewriter.rewrite(chunk);
      if (bytes.length === 0) done();
      else socket.write(bytes, () => done());
    },
    final: (done) => {
      socket.end();
      done();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk) => {
    if (!duplex.push(chunk)) socket.pause();
  });
  socket.on('end', () => duplex.push(null));
  socket.on('error', (error) => duplex.destroy(error));
  socket.on('close', () => duplex.destroy());
  return duplex;
}

function flat(headers: http2.IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(', ')]));
}

function errorName(code: number): string {
  const names = Object.entries(http2.constants).filter(
    ([name, value]) => name.startsWith('NGHTTP2_') && value === code,
  );
  const name = names
    .map(([each]) => each)
    .find((each) => !/_(FLAG|HCAT|SESSION|STREAM_STATE|SETTINGS|NV|ERR|DEFAULT)_/.test(each));
  return name?.replace('NGHTTP2_', '') ?? String(code);
}
