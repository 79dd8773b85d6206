import { hpackString } from '../../network/agent/hpack-string';
import { http2Frame } from '../../network/agent/http2-frame';

/** A request without a body, as few bytes as it takes. */
export interface BurstRequest {
  readonly authority: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const SETTINGS_FRAME = 0x4;
const WINDOW_UPDATE_FRAME = 0x8;
const HEADERS_FRAME = 0x1;
const END_STREAM_AND_HEADERS = 0x5;
/** RFC 7541 appendix A: `:method: POST` and `:scheme: https`, then the names `:authority` and `:path`. */
const POST_HTTPS = [0x83, 0x87];
const AUTHORITY_NAME = 0x01;
const PATH_NAME = 0x04;
const NEW_NAME = 0x00;

/** How an HTTP/2 connection begins whose client reads whatever comes: its answers are never held back. Latin-1. */
export function openHttp2(): string {
  const window = Buffer.alloc(4);
  window.writeUInt32BE(0x7fff_0000);
  return PREFACE + frame(SETTINGS_FRAME, 0, 0, Buffer.alloc(0)) + frame(WINDOW_UPDATE_FRAME, 0, 0, window);
}

/**
 * Whole requests on streams of their own. HTTP/1.1 will not do for a burst: Envoy closes a connection on which answers queue up.
 * Latin-1.
 */
export function http2Requests(requests: readonly BurstRequest[], firstStream: number): string {
  return requests.map((request, index) => requestFrame(request, firstStream + 2 * index)).join('');
}

function requestFrame({ authority, path, headers }: BurstRequest, stream: number): string {
  const block = Buffer.concat([
    Buffer.from([...POST_HTTPS, AUTHORITY_NAME]),
    hpackString(authority),
    Buffer.from([PATH_NAME]),
    hpackString(path),
    ...headers.flatMap(([name, value]) => [Buffer.from([NEW_NAME]), hpackString(name), hpackString(value)]),
  ]);
  return frame(HEADERS_FRAME, END_STREAM_AND_HEADERS, stream, block);
}

function frame(type: number, flags: number, stream: number, payload: Buffer): string {
  return http2Frame({ type, flags, stream }, payload).toString('latin1');
}
