import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arnLike } from '../../../../infra/local/iam/arn-like.ts';

const rule = 'arn:aws:events:eu-central-1:123456789012:rule/Sweep';

test.each([
  [rule, rule, true],
  ['arn:aws:events:*:123456789012:rule/*', rule, true],
  ['arn:aws:events:*:rule/*', rule, false],
  ['arn:*:*:*:*:*', 'arn:aws:sns:r:1:a:b:c', true],
  ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket', true],
  ['*', rule, false],
])('%s fits %s: %s', (pattern, arn, expected) => {
  expect(arnLike(pattern, arn)).toBe(expected);
});

test('property: no wildcard reaches over a colon', () => {
  const part = fc.stringMatching(/^[a-z0-9/]{1,6}$/);
  const parts = fc.tuple(part, part, part, part, part);
  fc.assert(
    fc.property(parts, fc.nat(4), part, (all, at, other) => {
      const starred = ['arn', ...all.with(at, '*')].join(':');
      expect(arnLike(starred, ['arn', ...all.with(at, other)].join(':'))).toBe(true);
      const next = (at + 1) % all.length;
      const changed = ['arn', ...all.with(next, `${all[next]}${other}`)].join(':');
      expect(arnLike(starred, changed)).toBe(false);
    }),
  );
});
