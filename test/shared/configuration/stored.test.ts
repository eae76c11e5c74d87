import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationSchema, emptyConfiguration, understood } from '../../../shared/configuration/index.ts';

const document = configurationSchema.parse({
  people: ['ann', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` })),
  policies: [{ id: 'web', name: 'Web', levels: [{ targets: ['ann'] }, { targets: ['bob'], delay: 60 }] }],
  rules: [
    {
      id: 'db',
      name: 'Database',
      conditions: { alertPattern: 'db', threshold: 3 },
      group: { window: 3_600 },
    },
    { id: 'web', name: 'Web', actions: { assignToTeam: 'web' } },
  ],
});

/** The document as a later version would store it: with more fields in every object, at whatever depth. */
function later(value: unknown, more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((each) => later(each, more));
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).map(([name, each]) => [name, later(each, more)]);
  return { ...more, ...Object.fromEntries(own) };
}

describe('a stored configuration', () => {
  it('is read as it was stored', () => {
    expect(understood(document)).toEqual({ configuration: document, leftOut: [] });
    expect(understood({})).toEqual({ configuration: emptyConfiguration, leftOut: [] });
  });

  it('[F30] [C15] of a later version is read without the fields that are not known here, at whatever depth', () => {
    const names = fc.stringMatching(/^[a-z]{3,12}X$/);
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue(), { minKeys: 1, maxKeys: 4 }), (more) => {
        expect(understood(later(document, more))).toEqual({ configuration: document, leftOut: [] });
      }),
    );
  });

  it('[F30] [C15] is read without the elements that are not understood, which are named; the others hold', () => {
    const [ann, bob] = document.people;
    const [web] = document.policies;
    const [db, all] = document.rules;
    const stored = {
      people: [ann, { ...bob, email: { work: 'bob@example.com' } }],
      policies: [{ ...web, id: 'other', levels: 'all at once' }, web],
      rules: [{ ...db, group: { by: ['weather'] } }, all, 7],
    };
    const { configuration, leftOut } = understood(stored);
    expect(configuration).toEqual({ people: [ann], policies: [web], rules: [all] });
    expect(leftOut.map((text) => text.split(':')[0])).toEqual([
      "people[1] 'bob'",
      "policies[0] 'other'",
      "rules[0] 'db'",
      'rules[2] without an id',
    ]);
  });

  it('of whatever form is no fault', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({ people: fc.jsonValue(), policies: fc.jsonValue(), rules: fc.jsonValue() }),
        ),
        (stored) => {
          const { configuration } = understood(stored);
          expect(configurationSchema.safeParse({ ...configuration, policies: [] }).success).toBe(true);
        },
      ),
    );
    expect(understood('no object').leftOut).toEqual(['all of it: not an object']);
    expect(understood({ rules: {} }).leftOut).toEqual(['rules: not a list']);
  });

  it('is never changed by reading it', () => {
    const stored = later(document, { unheard: 1 });
    const before = JSON.stringify(stored);
    understood(stored);
    expect(JSON.stringify(stored)).toBe(before);
  });
});
