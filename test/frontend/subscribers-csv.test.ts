import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvOf } from '../../frontend/publishing/subscribers-csv.ts';
import { idOf, toText } from '../../shared/kernel/index.ts';

const one = (email: string) => ({
  ...{ id: idOf('subscriber', 0, email), email },
  ...({ state: 'confirmed', askedAt: toText(0) } as const),
});

test('a table of subscribers has a line for each, below its names', () => {
  expect(csvOf([one('ann@example.com')])).toBe(
    '"email","state","askedAt"\r\n"ann@example.com","confirmed","1970-01-01T00:00:00.000Z"\r\n',
  );
});

test('[F77] whatever an address is, it stays in its cell and begins no formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (email) => {
      const row = csvOf([one(email)]).slice('"email","state","askedAt"\r\n'.length);
      const cell = /^"((?:[^"]|"")*)","confirmed","[^"]+"\r\n$/.exec(row)?.[1];
      expect([email, `'${email}`]).toContain(cell?.replaceAll('""', '"'));
      expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
