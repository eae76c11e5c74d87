import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem, problemBehind, problemOf } from '../../frontend/api/problem.ts';

const error = { code: 'conflict', message: 'INC-7 is resolved already.', requestId: 'r-1' };

test('a refusal is told in the words of the API', () => {
  expect(problemOf(409, { error }).message).toBe('INC-7 is resolved already.');
});

test('a fault of the system carries the request to report', () => {
  expect(problemOf(500, { error: { ...error, message: 'Something went wrong.' } }).message).toBe(
    'Something went wrong. (request r-1)',
  );
});

test('whatever the body is, there are words and the status', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const problem = problemOf(502, body);
      expect(problem.status).toBe(502);
      expect(problem.message.length).toBeGreaterThan(0);
    }),
  );
});

test('no answer and a late answer are two things', () => {
  expect(problemBehind(new TypeError('Failed to fetch')).message).toMatch(/cannot be reached/);
  expect(problemBehind(new DOMException('late', 'TimeoutError')).message).toMatch(/too long/);
  const known = new Problem('known', 404);
  expect(problemBehind(known)).toBe(known);
});
