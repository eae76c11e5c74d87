import { describe, expect, it } from 'vitest';
import { personSchema, policySchema } from '../../../shared/on-call/index.ts';

const person = { id: 'ann', name: 'Ann', email: 'ann@example.com' };
const level = { targets: ['ann'] };
const policy = { id: 'default', name: 'Default', levels: [level] };

describe('a person', () => {
  it('has an id for keys and links, a name of one line and an address', () => {
    expect(personSchema.parse(person)).toEqual(person);
    for (const id of ['', 'a.b', 'a#b', 'a b', '-a', 'x'.repeat(65), '🔥']) {
      expect(personSchema.safeParse({ ...person, id }).success).toBe(false);
    }
    for (const email of ['ann', 'ann@', 'a@b@c.de', 'ann@example.com\r\nBcc: x@y.z', '<ann@example.com>']) {
      expect(personSchema.safeParse({ ...person, email }).success).toBe(false);
    }
    expect(personSchema.safeParse({ ...person, name: 'Ann\r\nBcc: x' }).success).toBe(false);
    expect(personSchema.safeParse({ ...person, role: 'administrator' }).success).toBe(false);
  });
});

describe('a policy', () => {
  it('gives each level five minutes and repeats nothing unless told', () => {
    expect(policySchema.parse(policy)).toEqual({ ...policy, levels: [{ ...level, delay: 300 }], repeat: 0 });
  });
  it('has 1 to 10 levels of 1 to 20 people, delays from a minute to a day and at most 9 repetitions', () => {
    const bad = [
      { levels: [] },
      { levels: Array.from({ length: 11 }, () => level) },
      { levels: [{ targets: [] }] },
      { levels: [{ targets: Array.from({ length: 21 }, (_, i) => `p${i}`) }] },
      { levels: [{ ...level, delay: 59 }] },
      { levels: [{ ...level, delay: 86_401 }] },
      { levels: [{ ...level, delay: 90.5 }] },
      { repeat: 10 },
      { repeat: -1 },
    ];
    for (const change of bad) expect(policySchema.safeParse({ ...policy, ...change }).success).toBe(false);
  });
});
