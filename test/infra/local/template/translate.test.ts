import { expect, test } from 'vitest';
import { translator } from '../../../../infra/local/template/translate.ts';

test('AWS addresses are replaced wherever they stand in a value, the longest first', () => {
  const translate = translator([
    ['api.amazonaws.com', '127.0.0.1:1'],
    ['https://api.amazonaws.com', 'http://127.0.0.1:1'],
  ]);
  expect(
    translate({ a: ['https://api.amazonaws.com/live', { b: 'api.amazonaws.com' }], c: 3, d: null }),
  ).toEqual({
    a: ['http://127.0.0.1:1/live', { b: '127.0.0.1:1' }],
    c: 3,
    d: null,
  });
});
