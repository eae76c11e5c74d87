import { describe, expect, it } from 'vitest';
import {
  type Action,
  actions,
  authorise,
  type Ctx,
  may,
  Refusal,
  roles,
} from '../../../shared/kernel/index.ts';

const all = Object.keys(actions) as Action[];
const ctx = (role: Ctx['role']): Ctx => ({
  org: 'org_1',
  role,
  actor: { kind: 'person', id: 'per_1', name: 'Ann' },
});

describe('what a role may do', () => {
  it('grows from role to role and never shrinks', () => {
    for (const action of all) {
      const allowed = roles.map((role) => may(role, action));
      expect(allowed).toEqual(allowed.toSorted());
      expect(allowed.at(-1)).toBe(true);
    }
  });

  it('[F57] a viewer changes nothing; a responder configures nothing; only an administrator sets credentials and makes keys and members', () => {
    const writes = all.filter((action) => /write|delete/.test(action));
    expect(writes.filter((action) => may('viewer', action))).toEqual([]);
    expect(writes.filter((action) => may('responder', action))).toEqual([
      'incident.write',
      'room.write',
      'change.write',
      'silence.write',
      'override.write',
      'postmortem.write',
      'status.write',
    ]);
    expect(writes.filter((action) => !may('manager', action))).toEqual([
      'credentials.write',
      'key.write',
      'member.write',
    ]);
  });

  it('a refusal names the role, the action and the role that it needs', () => {
    expect(() => authorise(ctx('manager'), 'key.write')).toThrow(Refusal);
    expect(() => authorise(ctx('manager'), 'key.write')).toThrow(/'manager'.*'key.write'.*'administrator'/);
    expect(() => authorise(ctx('administrator'), 'key.write')).not.toThrow();
  });
});
