import http2 from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { HttpProbe, ProbeResult } from '../../probe';
import { failed, failure } from './failure';
import { HeaderFrameRewriter, type Fields } from './http2-header-frames';

/** Sends a request over HTTP/2 with exactly the probe's fields, and reads the answer. */
export function probeHttp2(socket: Socket, probe: HttpProbe): Promise<ProbeResult> {
  const sections = [requestFields(probe), ...(probe.trailers ? [probe.trailers] : [])];
  const session = http2.connect('http://probe', { createConnection: () => rewritten(socket, sections) });
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
  stream.on('response', (received) => (headers = received));
  stream.on('data', (chunk: Buffer) => body.push(chunk));
  stream.on('end', () => {
    if (headers[':status'] === undefined) return;
    resolve({ outcome: 'response', status: headers[':status'], headers: flat(headers), body: text(body) });
  });
  stream.on('error', () => undefined);
  stream.on('close', () => {
    const { rstCode } = stream;
    // An answer may be followed by a reset: the server did not want the rest of the body.
    if (headers[':status'] !== undefined) {
      resolve({ outcome: 'response', status: headers[':status'], headers: flat(headers), body: text(body) });
    } else if (rstCode !== 0) resolve(failed('reset', `stream reset: ${errorName(rstCode)}`));
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

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
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
