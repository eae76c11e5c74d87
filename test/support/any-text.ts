import fc from 'fast-check';

/** Any text that a program can hold: control characters, halves of pairs, signs that turn the direction. */
export const anyText = (maxLength = 30): fc.Arbitrary<string> =>
  fc.array(fc.nat(0xffff), { maxLength }).map((units) => String.fromCharCode(...units));
