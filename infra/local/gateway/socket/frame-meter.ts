/**
 * Watches the bytes of a WebSocket as they arrive, in any pieces, and tells the payload length of each frame from its
 * header (RFC 6455, 5.2): the WebSocket library limits whole messages only, API Gateway also limits each frame.
 */
export function frameMeter(onFrame: (payloadBytes: number) => void): (chunk: Uint8Array) => void {
  let header: number[] = [];
  let skip = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (skip > 0) {
        const passed = Math.min(skip, chunk.length - at);
        skip -= passed;
        at += passed;
        continue;
      }
      header.push(chunk[at++] ?? 0);
      if (header.length < headerBytes(header)) continue;
      const payload = payloadBytes(header);
      header = [];
      skip = payload;
      onFrame(payload);
    }
  };
}

/** How long the header is, as far as its first two bytes tell: they are 2, plus the long length, plus the mask. */
function headerBytes([, second = 0]: readonly number[]): number {
  const length = second & 0x7f;
  const long = length === 126 ? 2 : length === 127 ? 8 : 0;
  return 2 + long + ((second & 0x80) !== 0 ? 4 : 0);
}

function payloadBytes(header: readonly number[]): number {
  const length = (header[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  const long = header.slice(2, length === 126 ? 4 : 10);
  return long.reduce((sum, byte) => sum * 256 + byte, 0);
}
