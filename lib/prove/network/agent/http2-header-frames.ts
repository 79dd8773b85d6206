import { hpackString } from './hpack-string';
import { HTTP2_FRAME_HEAD_BYTES, http2Frame } from './http2-frame';

/** Header fields in order, pseudo headers first; names may repeat. */
export type Fields = readonly (readonly [string, string])[];

const PREFACE_LENGTH = 24;
const HEADERS = 1;
const CONTINUATION = 9;
const END_STREAM = 0x1;
const END_HEADERS = 0x4;
/** What every peer accepts until it says otherwise (RFC 9113, 6.5.2). */
const MAX_FRAME_LENGTH = 16_384;

/**
 * Puts field sections of ours in the place of those that an HTTP/2 client wrote, so that a request goes out with fields that the
 * client would refuse to send (connection headers, duplicates, upper case) while it still does flow control and reads the answer.
 */
export class HeaderFrameRewriter {
  private pending = Buffer.alloc(0);
  private greeted = false;
  private readonly sections: Fields[];

  /** `sections`: the request's fields, then the trailers, if any. */
  public constructor(sections: readonly Fields[]) {
    this.sections = [...sections];
  }

  /** What to send for what the client wrote; the end of an unfinished frame is kept for the next call. */
  public rewrite(written: Buffer): Buffer {
    this.pending = Buffer.concat([this.pending, written]);
    const out: Buffer[] = [];
    if (!this.greeted) {
      if (this.pending.length < PREFACE_LENGTH) return Buffer.alloc(0);
      out.push(this.take(PREFACE_LENGTH));
      this.greeted = true;
    }
    while (this.pending.length >= HTTP2_FRAME_HEAD_BYTES) {
      const length = HTTP2_FRAME_HEAD_BYTES + this.pending.readUIntBE(0, 3);
      if (this.pending.length < length) break;
      out.push(this.replace(this.take(length)));
    }
    return Buffer.concat(out);
  }

  private take(length: number): Buffer {
    const taken = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    return taken;
  }

  private replace(frame: Buffer): Buffer {
    const fields = frame[3] === HEADERS ? this.sections.shift() : undefined;
    if (fields === undefined) return frame;
    return headerFrames(Buffer.concat(fields.map(encodeField)), frame.readUInt32BE(5), (frame[4] ?? 0) & END_STREAM);
  }
}

function headerFrames(block: Buffer, stream: number, endStream: number): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < block.length; at += MAX_FRAME_LENGTH) {
    const part = block.subarray(at, at + MAX_FRAME_LENGTH);
    const last = at + MAX_FRAME_LENGTH >= block.length ? END_HEADERS : 0;
    const [type, flags] = at === 0 ? [HEADERS, last | endStream] : [CONTINUATION, last];
    frames.push(http2Frame({ type, flags, stream }, part));
  }
  return Buffer.concat(frames);
}

/** A literal field without indexing and with a new name (RFC 7541, 6.2.2): no table, no Huffman code, nothing normalised. */
function encodeField([name, value]: readonly [string, string]): Buffer {
  return Buffer.concat([Buffer.from([0]), hpackString(name), hpackString(value)]);
}
