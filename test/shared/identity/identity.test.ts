import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Caller,
  chooseMembership,
  ctxOf,
  type Membership,
  mayCreateOrganisation,
  personOf,
} from '../../../shared/identity/index.ts';
import { idOf, Refusal } from '../../../shared/kernel/index.ts';

const membership = (name: string): Membership => ({
  org: idOf('organisation', 0, name),
  person: idOf('person', 0, 'ann'),
  name: 'Ann',
  role: 'responder',
});
const memberships = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')).map((names) => names.map(membership));
const person: Caller = { kind: 'person', issuer: 'i', subject: 's', name: 'Ann', email: 'Ann@Example.com' };
const machine: Caller = {
  kind: 'machine',
  org: idOf('organisation', 0, 'a'),
  id: idOf('key', 0, 'k'),
  name: 'CI',
  role: 'viewer',
};

describe('the organisation of a request', () => {
  it('is one of the person’s own, whatever the header says', () => {
    fc.assert(
      fc.property(
        memberships,
        fc.option(
          fc.oneof(
            fc.string(),
            fc.constantFrom('a', 'b', 'e').map((n) => membership(n).org),
          ),
          { nil: undefined },
        ),
        (own, wanted) => {
          const chosen = chooseMembership(own, wanted);
          if ('membership' in chosen) {
            expect(own).toContain(chosen.membership);
            expect(wanted === undefined ? own.length === 1 : chosen.membership.org === wanted).toBe(true);
          } else {
            expect(own.length === 1 && wanted === undefined).toBe(false);
            expect(chosen.because).not.toBe('');
          }
        },
      ),
    );
  });

  it('of another is not told from one that does not exist', () => {
    const own = [membership('a')];
    expect(chooseMembership(own, membership('b').org)).toEqual(chooseMembership(own, 'org_nothing'));
  });
});

describe('a caller', () => {
  it('who is a machine acts in its own organisation with the role of its key', () => {
    expect(ctxOf(machine)).toEqual({
      org: machine.org,
      role: 'viewer',
      actor: { kind: 'machine', id: machine.id, name: 'CI' },
    });
  });

  it('who is a person acts as the member that they are, or not at all', () => {
    expect(ctxOf(person)).toBeUndefined();
    expect(ctxOf({ ...person, membership: membership('a') })).toMatchObject({
      role: 'responder',
      actor: { kind: 'person' },
    });
  });

  it('may make an organisation only with the address of the administrator', () => {
    expect(mayCreateOrganisation(person, ' ann@example.com ')).toBe(true);
    const { email: _, ...unverified } = person;
    for (const other of [unverified, { ...person, email: 'eve@example.com' }, machine]) {
      expect(mayCreateOrganisation(other, 'ann@example.com')).toBe(false);
    }
    expect(() => personOf(machine)).toThrow(Refusal);
  });
});
