import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationSchema, emptyConfiguration, understood } from '../../../shared/configuration/index.ts';
import { type Match, matchRule, type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { type Incident, needsHuman } from '../../../shared/incidents/index.ts';
import { policyFor, reachesNobody } from '../../../shared/on-call/index.ts';
import { world } from '../../support/detection-world.ts';
import { post, signal } from '../../support/signals.ts';

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

type Place = readonly (string | number)[];

/** Every object of a value, by its place. */
function objectsIn(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([name, each]) => objectsIn(each, [...place, name]));
  return Array.isArray(value) ? inside : [place, ...inside];
}

/** The value as a later version would store it: with more fields in the object at this place. */
function later<Value extends object>(value: Value, [name, ...rest]: Place, more: object): Value {
  if (name === undefined) return { ...more, ...value };
  const changed = later((value as Readonly<Record<string | number, object>>)[name] ?? {}, rest, more);
  if (Array.isArray(value)) return value.with(Number(name), changed) as unknown as Value;
  return { ...value, [name]: changed };
}

const names = fc.stringMatching(/^[a-z]{3,12}X$/);
const unheard = fc.dictionary(names, fc.jsonValue(), { minKeys: 1, maxKeys: 4 });

describe('a stored configuration', () => {
  it('is read as it was stored', () => {
    expect(understood(document)).toEqual({ configuration: document, leftOut: [] });
    expect(understood({})).toEqual({ configuration: emptyConfiguration, leftOut: [] });
  });

  it('[F30] [C15] of a later version loses no more than the element that has a field not known here, and says so', () => {
    const places = objectsIn(document);
    fc.assert(
      fc.property(fc.constantFrom(...places), unheard, (place, more) => {
        const { configuration, leftOut } = understood(later(document, place, more));
        const [list, index] = [place[0], Number(place[1])];
        const [first] = document.policies;
        expect(configuration).toEqual({
          ...document,
          ...(list === 'policies' && { policies: [{ ...first, name: 'web', levels: [] }] }),
          ...(list === 'rules' && { rules: document.rules.filter((_, at) => at !== index) }),
        });
        const isWhole = list === 'policies' || list === 'rules';
        expect(leftOut).toHaveLength(isWhole ? 1 : Object.keys(more).length);
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
    const other = { id: 'other', name: 'other', levels: [], repeat: 0 };
    const { detection, warRoom, runbooks } = emptyConfiguration;
    expect(configuration).toEqual({
      ...{ people: [ann], schedules: [], policies: [other, web], rules: [all] },
      ...{ services: [], postmortemTemplates: [], detection, warRoom, runbooks },
    });
    expect(leftOut.map((text) => text.split(':')[0])).toEqual([
      "people[1] 'bob'",
      "policies[0] 'other'",
      "rules[0] 'db'",
      'rules[2] without an id',
    ]);
  });

  it('[F30] keeps a person whose channels a later version knows: by mail they are told', () => {
    const stored = {
      people: [{ ...document.people[0], channels: ['pager'], sms: '+41790000000', slack: 7 }],
      schedules: [{ id: 'web', name: 'Web', timeZone: 'Moon/Tranquility', layers: [] }],
      policies: [{ id: 'one', name: 'One', levels: [{ targets: ['web'], delay: 300 }], repeat: 0 }],
    };
    const { configuration, leftOut } = understood(stored);
    expect(configuration.people).toEqual([{ ...document.people[0], sms: '+41790000000' }]);
    expect(configuration.schedules).toEqual([]);
    expect(configuration.policies).toHaveLength(1);
    expect(leftOut).toHaveLength(3);
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
    expect(understood({ rules: {}, shifts: [] }).leftOut).toEqual([
      'shifts: not known here',
      'rules: not a list',
    ]);
  });

  it('is never changed by reading it', () => {
    const stored = later(document, ['rules', 0, 'group'], { unheard: 1 });
    const before = JSON.stringify(stored);
    understood(stored);
    expect(JSON.stringify(stored)).toBe(before);
  });
});

describe('what is not understood pages rather than keeps quiet', () => {
  const someRule = fc
    .record({
      enabled: fc.boolean(),
      alertPattern: fc.constantFrom(undefined, 'db', 'web'),
      threshold: fc.constantFrom(1, 1, 3),
      severity: fc.constantFrom(undefined, 'P1_CRITICAL', 'P5_INFO'),
      createIncident: fc.boolean(),
    })
    .map(({ enabled, createIncident, ...conditions }) => ({
      enabled,
      conditions,
      actions: { createIncident },
    }));
  const rulesOf = (some: readonly object[]): Rule[] =>
    some.map((one, i) =>
      ruleSchema.parse(JSON.parse(JSON.stringify({ id: `r${i}`, name: `r${i}`, ...one }))),
    );
  const isQuiet = ({ rule, severity }: Match) =>
    !rule.actions.createIncident || rule.conditions.threshold > 1 || !needsHuman(severity);

  it('no alert comes to a rule that keeps quiet past one that is not understood', () => {
    const within = fc.constantFrom<Place[]>([], ['conditions'], ['group'], ['actions']);
    const cases = fc.record({
      rules: fc.array(someRule, { minLength: 1, maxLength: 5 }).map(rulesOf),
      newer: fc.nat(4),
      within,
      unheard,
      title: fc.constantFrom('db is down', 'web is down', 'mail is down'),
    });
    fc.assert(
      fc.property(cases, ({ rules, newer, within: place, unheard: more, title }) => {
        const at = newer % rules.length;
        const { rules: read } = understood({ rules: later(rules, [at, ...place], more) }).configuration;
        const from = post(signal('a', 'firing', 0, { title, severity: 'P1_CRITICAL' }));
        const [sent] = from.signals;
        if (!sent) throw new Error('A post without a signal');
        const found = matchRule(read, { signal: sent, from });
        const isBefore =
          rules.findIndex(({ id }) => id === found.rule.id) < at && found.rule.id !== 'default';
        const counts = rules[at]?.enabled === true && !isBefore;
        expect(counts && isQuiet(found)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('a rule that a later version made narrow silences nothing, nor does one that comes after a rule like it', () => {
    const [quiet] = rulesOf([{ actions: { createIncident: false } }]);
    if (!quiet) throw new Error('No rule');
    const narrow = later(quiet, ['conditions'], { labels: { env: 'dev' } });
    for (const rules of [[narrow], [narrow, { ...quiet, id: 'rest' }], [7, quiet]]) {
      const { configuration } = understood({ rules });
      expect(configuration.rules).toEqual([]);
      const reached = world(...configuration.rules);
      reached.receive(0, signal('prod-db', 'firing', 0, { severity: 'P1_CRITICAL' }));
      expect(reached.incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
    }
    const { configuration, leftOut } = understood({ rules: [{ ...narrow, enabled: false }, quiet] });
    expect(configuration.rules).toEqual([quiet]);
    expect(leftOut).toHaveLength(1);
  });

  it('a policy that is left out reaches nobody, and the next one does not take its place as the first', () => {
    const [web] = document.policies;
    const policies = [{ ...web, id: 'first', quietHours: '22-6' }, web];
    const { configuration } = understood({ ...document, policies });
    const read = configuration.policies;
    for (const policy of [policyFor({}, read), policyFor({ policy: 'first' }, read)])
      expect(policy).toMatchObject({ id: 'first', levels: [] });
    expect(policyFor({ policy: 'web' }, read)).toEqual(web);
    const incident = { state: 'triggered', next: { step: 1, dueAt: 0 } } as Incident;
    expect(reachesNobody(incident, policyFor(incident, read), configuration.people)).toBe(true);
  });
});
