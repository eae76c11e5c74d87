const lineEnd = Buffer.from('\r\n');

/** Walks over chunks from `start`; undefined when the last one is not there yet. */
function walk(bytes: Buffer, start: number, take: (from: number, to: number) => void): number | undefined {
  for (let at = start; ; ) {
    const end = bytes.indexOf(lineEnd, at);
    if (end < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16);
    if (!Number.isInteger(size)) throw new Error('A chunk of HTTP has no size');
    if (size === 0) return afterTrailers(bytes, end + lineEnd.length);
    take(end + lineEnd.length, end + lineEnd.length + size);
    at = end + size + 2 * lineEnd.length;
    if (at > bytes.length) return undefined;
  }
}

function afterTrailers(bytes: Buffer, start: number): number | undefined {
  for (let at = start; ; ) {
    const end = bytes.indexOf(lineEnd, at);
    if (end < 0) return undefined;
    if (end === at) return end + lineEnd.length;
    at = end + lineEnd.length;
  }
}

/** Where a chunked body that begins at `start` ends; undefined when that has not arrived. */
export const chunkedEnd = (bytes: Buffer, start: number): number | undefined =>
  walk(bytes, start, () => undefined);

/** The content of a chunked body that has arrived whole. */
export function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  walk(body, 0, (from, to) => parts.push(body.subarray(from, to)));
  return Buffer.concat(parts);
}
