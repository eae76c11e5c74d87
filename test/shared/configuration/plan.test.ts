import { describe, expect, it } from 'vitest';
import {
  configurationSchema,
  differenceWords,
  placesOtherwise,
  planOf,
} from '../../../shared/configuration/index.ts';
import { T0 } from '../../support/given.ts';

const person = (id: string, more: object = {}) => ({ id, name: id, email: `${id}@example.com`, ...more });
const layers = [{ people: ['ann'], startDate: '2026-01-01', handOff: '09:00' }];
const only = [{ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '20:00' }];
const schedule = (id: string, more: object = {}) => ({ id, name: id, timeZone: 'UTC', layers, ...more });
const policy = (id: string, ...targets: string[]) => ({ id, name: id, levels: [{ targets }] });
const plan = (before: object, after: object, channels: ('slack' | 'sms' | 'webhook')[] = []) =>
  planOf(configurationSchema.parse(before), configurationSchema.parse(after), { at: T0, channels });

describe('a plan', () => {
  const before = {
    people: [person('ann'), person('bob')],
    schedules: [schedule('web')],
    policies: [policy('one', 'ann'), policy('two', 'web')],
  };
  it('tells what is added, changed, removed and put in another order', () => {
    const after = {
      people: [person('ann', { name: 'Anna' }), person('cid')],
      schedules: [schedule('web')],
      policies: [policy('two', 'web'), policy('one', 'ann')],
      warRoom: { maxParticipants: 20 },
    };
    expect(plan(before, after)).toMatchObject({
      lists: {
        people: { added: ['cid'], changed: ['ann'], removed: ['bob'], reordered: false },
        schedules: { added: [], changed: [], removed: [] },
        policies: { added: [], changed: [], removed: [], reordered: true },
      },
      warRoom: 'changed',
      warnings: [],
    });
  });
  it('is empty for the same configuration', () => {
    const { lists, warRoom } = plan(before, before);
    expect(warRoom).toBe('same');
    for (const list of Object.values(lists))
      expect(list).toEqual({ added: [], changed: [], removed: [], reordered: false });
  });
  it('warns of gaps, levels that reach nobody now, and people whose channels nobody has set up', () => {
    const never = [{ ...only[0], weekdays: ['sun'] }];
    const after = {
      people: [
        person('ann', { slack: 'U012AB3CD' }),
        person('bob', { sms: '+41790000000', channels: ['sms'] }),
      ],
      schedules: [
        schedule('nights', { layers: [{ ...layers[0], only }] }),
        schedule('sundays', { layers: [{ ...layers[0], only: never }] }),
      ],
      policies: [policy('one', 'sundays')],
    };
    expect(plan(before, after).warnings).toEqual([
      "Schedule 'nights' has 14 gaps in the next 14 days, the first from 2026-11-02T20:00:00.000Z to 2026-11-03T00:00:00.000Z.",
      "Schedule 'sundays' has 3 gaps in the next 14 days, the first from 2026-11-02T09:00:00.000Z to 2026-11-08T00:00:00.000Z.",
      "Level 1 of policy 'one' would reach nobody now.",
      "'ann' is reached by the other channels alone: nobody has set up Slack.",
      "'bob' cannot be reached at all: nobody has set up text message.",
    ]);
    expect(plan(before, after, ['slack', 'sms']).warnings).toHaveLength(3);
  });
});

describe('a plan warns', () => {
  const warned = (after: object) =>
    plan(
      { policies: [policy('one', 'ann')], people: [person('ann')] },
      { policies: [policy('one', 'ann')], people: [person('ann')], ...after },
    ).warnings;
  const service = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
  const rule = (id: string, more: object = {}) => ({ id, name: id, ...more });

  it('of services that are not in the catalogue and of circles', () => {
    expect(
      warned({
        services: [
          service('shop', 'postgras', 'db'),
          service('db', 'cache'),
          service('cache', 'db'),
          service('own', 'own'),
        ],
      }),
    ).toEqual([
      "Service 'shop' depends on 'postgras', not in the catalogue: right if alerts name it so, else a slip.",
      'Services depend on each other in a circle: db → cache → db. Which of them is the cause cannot be told.',
      'Services depend on each other in a circle: own → own. Which of them is the cause cannot be told.',
    ]);
    expect(warned({ services: [service('a', 'b', 'c'), service('b', 'c'), service('c')] })).toEqual([]);
  });

  it('of rules behind one that takes every alert', () => {
    const when = { conditions: { when: 'env="prod"' } };
    expect(
      warned({ rules: [rule('a', when), rule('all'), rule('b', when), rule('off', { enabled: false })] }),
    ).toEqual(["Rule 'all' takes every alert, so 'b' behind it is never tried."]);
    expect(
      warned({
        rules: [rule('all', { continue: true, actions: { urgency: 'low' } }), rule('b', when), rule('last')],
      }),
    ).toEqual([]);
    expect(warned({ shadow: { rules: [rule('all'), rule('b', when)] } })).toEqual([
      "Under shadow: Rule 'all' takes every alert, so 'b' behind it is never tried.",
    ]);
  });

  it('of an inhibition that asks nothing alike', () => {
    const inhibition = { id: 'dc', source: 'alertname="DcDown"', target: 'alertname="AppDown"' };
    expect(
      warned({ detection: { inhibitions: [inhibition, { ...inhibition, id: 'zone', equal: ['zone'] }] } }),
    ).toEqual(["Inhibition 'dc' has no 'equal': any source mutes every target, of whatever service."]);
  });
});

describe('what waits or is muted is looked at again', () => {
  const of = (document: object) => configurationSchema.parse(document);
  const counts = { id: 'count', name: 'Count', conditions: { threshold: 3 } };
  const all = { id: 'all', name: 'All' };

  it('when rules change of which some count, and not when others do', () => {
    expect(placesOtherwise(of({ rules: [counts] }), of({ rules: [] }))).toBe(true);
    expect(placesOtherwise(of({ rules: [counts] }), of({ rules: [all, counts] }))).toBe(true);
    expect(placesOtherwise(of({ rules: [counts] }), of({ rules: [counts], warRoom: {} }))).toBe(false);
    expect(placesOtherwise(of({ rules: [all] }), of({ rules: [counts] }))).toBe(false);
  });
});

describe('a configuration', () => {
  const faults = (document: object) =>
    configurationSchema
      .safeParse(document)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  it('names only people in schedules, people or schedules in policies, and channels that there is an address for', () => {
    const document = {
      people: [person('ann', { channels: ['email', 'sms', 'email'] }), person('both')],
      schedules: [schedule('both'), schedule('web', { layers: [{ ...layers[0], people: ['eve'] }] })],
      policies: [{ ...policy('one', 'web', 'gone'), lastResort: 'lost' }],
    };
    expect(faults(document)).toEqual([
      "people.0.channels.1: 'ann' has no address for 'sms': give 'sms' too",
      "people.0.channels.2: The channel 'email' is there twice",
      "schedules.0.id: There is a person 'both' too; policies could mean either",
      "schedules.1.layers.0.people.0: There is no person 'eve'",
      "policies.0.levels.0.targets.1: There is no person or schedule 'gone'",
      "policies.0.lastResort: There is no person or schedule 'lost'",
    ]);
  });
});

describe('the words of a plan', () => {
  const parse = (said: object) => configurationSchema.parse(said);
  const rule = (id: string, more: object = {}) => ({ id, name: id, ...more });
  const before = parse({
    people: [person('ann'), person('bob')],
    policies: [policy('one', 'ann')],
    rules: [rule('cron'), rule('disk'), rule('web')],
  });

  it('lead with how much, and tell what is added, changes and goes, and what to beware of; nothing else', () => {
    const after = parse({
      people: [person('ann')],
      policies: [policy('one', 'ann')],
      rules: [rule('web'), rule('cron', { name: 'Cron jobs', description: '' }), rule('cpu')],
      detection: { ...before.detection, signalDays: 60 },
    });
    expect(differenceWords(before, after, ['Nobody is told.'])).toEqual([
      '1 to add, 2 to change, 2 to remove.',
      '- people: bob',
      '+ rules: cpu',
      '- rules: disk',
      '~ rules: in another order',
      '~ rules[cron].name: cron → Cron jobs',
      '~ detection.signalDays: 30 → 60',
      '! Nobody is told.',
    ]);
  });

  it('say when nothing changes, and that only the order does', () => {
    expect(differenceWords(before, before)).toEqual(['Nothing changes.']);
    expect(differenceWords(before, { ...before, rules: before.rules.toReversed() })).toEqual([
      '0 to add, 0 to change, 0 to remove.',
      '~ rules: in another order',
    ]);
  });

  it('stay short, however much there is', () => {
    const rules = Array.from({ length: 5_000 }, (_, i) => rule(`rule-${i}`));
    const [all, none] = [parse({ rules }), parse({})];
    const [, added = ''] = differenceWords(none, all);
    expect(added).toMatch(/^\+ rules: rule-0, .*rule-19 and 4,980 more$/);
    const renamed = parse({ rules: rules.map((one) => ({ ...one, name: 'Other' })) });
    const words = differenceWords(all, renamed);
    expect(words).toHaveLength(102);
    expect(words.at(-1)).toBe('~ 4,900 more fields');
  });
});
