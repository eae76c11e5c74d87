import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameMeter } from '../../../../infra/local/gateway/socket/frame-meter.ts';
import { selectedRoute } from '../../../../infra/local/gateway/socket/frames.ts';

/** A frame with a payload of so many bytes, in the shortest header for it, masked as a client's are. */
function frame(bytes: number): Uint8Array {
  const mask = [1, 2, 3, 4];
  const header =
    bytes < 126
      ? [0x81, 0x80 | bytes]
      : bytes < 65_536
        ? [0x81, 0x80 | 126, bytes >> 8, bytes & 255]
        : [0x81, 0x80 | 127, 0, 0, 0, 0, 0, (bytes >> 16) & 255, (bytes >> 8) & 255, bytes & 255];
  return Uint8Array.from([...header, ...mask, ...new Array<number>(bytes).fill(0x85)]);
}

test('the length of each frame is told, however the bytes arrive', () => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_000),
  );
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(1_000_000), { maxLength: 10 }),
      (sizes, cuts) => {
        const bytes = Buffer.concat(sizes.map(frame));
        const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const told: number[] = [];
        const meter = frameMeter((length) => told.push(length));
        for (const [at, place] of places.slice(1).entries()) meter(bytes.subarray(places[at], place));
        expect(told).toEqual(sizes);
      },
    ),
    { numRuns: 200 },
  );
});

test('a frame selects a route by its body, and no frame makes that throw', () => {
  expect(selectedRoute('{"action":"join"}', ['action'])).toBe('join');
  expect(selectedRoute('{"a":{"b":7}}', ['a', 'b'])).toBe('7');
  expect(selectedRoute('{"action":{}}', ['action'])).toBeUndefined();
  expect(selectedRoute('{}', ['constructor'])).toBeUndefined();
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (body) => {
      expect(['string', 'undefined']).toContain(typeof selectedRoute(body, ['action']));
    }),
  );
});
