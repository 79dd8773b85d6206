/** What stands before the payload of a frame; its length is the payload's. */
export interface Http2FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
}

/** Bytes before the payload. */
export const HTTP2_FRAME_HEAD_BYTES = 9;

/** A frame of HTTP/2 (RFC 9113, 4.1). */
export function http2Frame({ type, flags, stream }: Http2FrameHead, payload: Buffer): Buffer {
  const head = Buffer.alloc(HTTP2_FRAME_HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
