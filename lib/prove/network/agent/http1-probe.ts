import type { Socket } from 'node:net';
import type { HttpProbe, ProbeResult } from '../../probe';
import { failed, failure } from './failure';
import { renderHttp1 } from './http1-request';
import { MalformedResponseError, parseHttp1 } from './http1-response';

/** Sends a request over HTTP/1.1 byte by byte as given, and reads the first answer. */
export function probeHttp1(socket: Socket, probe: HttpProbe): Promise<ProbeResult> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const look = (ended: boolean): boolean => {
      try {
        const response = parseHttp1(received, probe.method, ended);
        if (response !== undefined) resolve(response);
        return response !== undefined;
      } catch (error) {
        if (!(error instanceof MalformedResponseError)) throw error;
        resolve(failed('protocol', error.message));
        return true;
      }
    };
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      look(false);
    });
    socket.on('end', () => {
      if (!look(true)) resolve(failed('closed', `closed after ${received.length} bytes of an answer`));
    });
    // A server may answer and reset because it does not want the rest of the body: the answer counts.
    socket.on('error', (error) => {
      if (!look(true)) resolve(failure(error));
    });
    socket.on('close', () => resolve(failed('closed', `cut after ${received.length} bytes of an answer`)));
    socket.write(renderHttp1(probe));
  });
}
