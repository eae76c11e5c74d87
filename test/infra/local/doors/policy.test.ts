import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../infra/local/gateway/policy.ts';
import { wildcard } from '../../../../infra/local/wildcard.ts';

const arn = 'arn:aws:execute-api:eu-central-1:123456789012:abc/live/GET/api/incidents';
const statement = (Effect: string, Resource: unknown, Action: unknown = 'execute-api:Invoke') => ({
  Effect,
  Resource,
  Action,
});
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

describe('a policy', () => {
  test.each([
    ['the method itself', policy(statement('Allow', arn)), 'allow'],
    ['all methods of the stage', policy(statement('Allow', 'arn:aws:execute-api:*:*:abc/live/*')), 'allow'],
    ['one of several', policy(statement('Allow', ['other', `${arn.slice(0, -1)}?`])), 'allow'],
    ['every action', policy(statement('Allow', '*', ['execute-api:*'])), 'allow'],
    ['a deny beside an allow', policy(statement('Allow', '*'), statement('Deny', arn)), 'explicit deny'],
    ['another method', policy(statement('Allow', arn.replace('GET', 'POST'))), 'implicit deny'],
    ['another action', policy(statement('Allow', '*', 's3:GetObject')), 'implicit deny'],
    ['nothing', policy(), 'implicit deny'],
    ['a single statement without a list', { Statement: statement('Allow', arn) }, 'allow'],
  ])('for %s', (_, document, verdict) => {
    expect(evaluate(document, arn)).toBe(verdict);
  });

  test('that says what is not evaluated here is refused, whole', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    const faulty = [
      [{ ...statement('Allow', '*'), Condition }, 'the condition operator IpAddress'],
      [{ ...statement('Allow', '*'), NotResource: 'x' }, 'NotResource'],
      [statement('allow', '*'), 'Effect'],
      [statement('Allow', 7), 'Resource'],
      ['Allow', 'it is no object'],
    ] as const;
    for (const [one, named] of faulty)
      expect(() => evaluate(policy(statement('Allow', '*'), one), arn)).toThrow(named);
    expect(() => evaluate(undefined, arn)).toThrow('no Statement');
  });
});

test('a wildcard fits exactly what the regular expression of the same meaning fits', () => {
  const piece = fc.constantFrom('a', 'b', '*', '?', '.', '/');
  const pattern = fc.array(piece, { maxLength: 8 }).map((all) => all.join(''));
  const text = fc
    .array(fc.constantFrom('a', 'b', '.', '/', '*'), { maxLength: 8 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(pattern, text, (one, other) => {
      const escaped = one
        .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
      expect(wildcard(one, other)).toBe(new RegExp(`^${escaped}$`, 's').test(other));
    }),
    { numRuns: 2000 },
  );
});
