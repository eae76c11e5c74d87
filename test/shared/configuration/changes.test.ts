import { describe, expect, it } from 'vitest';
import { configurationSchema, planOf } from '../../../shared/configuration/index.ts';
import { T0 } from '../../support/given.ts';

const person = (id: string, more: object = {}) => ({ id, name: id, email: `${id}@example.com`, ...more });
const plan = (before: object, after: object) =>
  planOf(configurationSchema.parse(before), configurationSchema.parse(after), { at: T0, channels: [] });
const changes = (before: object, after: object) => plan(before, after).changes;

describe('a plan tells what would change', () => {
  it('by path, with what is said and what would be said', () => {
    const people = [person('ann', { sms: '+41790000000' }), person('bob')];
    const layer = { people: ['ann'], startDate: '2026-01-01', handOff: '09:00' };
    const schedule = (...layers: object[]) => ({ id: 'nights', name: 'Nights', timeZone: 'UTC', layers });
    const policy = (...levels: object[]) => ({ id: 'web', name: 'Web', levels });
    const rule = (actions: object) => ({ id: 'db.main', name: 'Database', actions });
    const before = {
      people,
      schedules: [schedule(layer)],
      policies: [policy({ targets: ['ann'] }, { targets: ['bob'] })],
      rules: [rule({})],
      services: [{ id: 'web shop', dependsOn: ['db'] }],
    };
    const after = {
      people: [person('bob', { name: 'Bob' }), person('ann')],
      schedules: [schedule({ ...layer, handOff: '08:00', people: ['bob', 'ann'] })],
      policies: [policy({ targets: ['nights'], delay: 60 })],
      rules: [rule({ createIncident: false })],
      services: [{ id: 'web shop' }],
      warRoom: { maxParticipants: 20 },
      runbooks: { services: { constructor: { baseUrl: 'https://shop.example.com' } } },
    };
    expect(plan(before, after)).toMatchObject({ warRoom: 'changed', runbooks: 'changed', moreChanges: 0 });
    expect(changes(before, after)).toEqual([
      { path: 'people[bob].name', before: 'bob', after: 'Bob' },
      { path: 'people[ann].sms', before: '+41790000000' },
      { path: 'schedules[nights].layers[0].people', before: '["ann"]', after: '["bob","ann"]' },
      { path: 'schedules[nights].layers[0].handOff', before: '09:00', after: '08:00' },
      { path: 'policies[web].levels[0].targets', before: '["ann"]', after: '["nights"]' },
      { path: 'policies[web].levels[0].delay', before: '300', after: '60' },
      { path: 'policies[web].levels[1]', before: '{"targets":["bob"],"delay":300}' },
      { path: 'rules[db.main].actions.createIncident', before: 'true', after: 'false' },
      { path: 'services["web shop"].dependsOn', before: '["db"]', after: '[]' },
      { path: 'warRoom.maxParticipants', before: '50', after: '20' },
      { path: 'runbooks.services.constructor', after: '{"baseUrl":"https://shop.example.com"}' },
    ]);
  });

  it('and not what is only added, removed, put in another order or written with its fields in another order', () => {
    const ann = person('ann');
    const { id, ...others } = ann;
    expect(changes({ people: [ann, person('bob')] }, { people: [person('cid'), { ...others, id }] })).toEqual(
      [],
    );
  });

  it('of rules under shadow and of inhibitions, each by its id, and by its name where it comes or goes', () => {
    const cron = { id: 'cron', name: 'Cron jobs', conditions: { alertPattern: 'cron' } };
    const [disk, rest] = ['disk', 'rest'].map((id) => ({ id, name: id }));
    const down = { id: 'down', source: 'a="b"', target: 'c="d"', equal: ['x'] };
    expect(changes({}, { shadow: { rules: [cron, disk] }, detection: { inhibitions: [down] } })).toEqual([
      { path: 'detection.inhibitions[down]', after: 'down' },
      { path: 'shadow', after: 'what differs from the rules in force' },
      { path: 'shadow.rules[cron]', after: 'Cron jobs' },
      { path: 'shadow.rules[disk]', after: 'disk' },
    ]);
    const off = { ...cron, enabled: false };
    expect(changes({ rules: [cron, disk] }, { rules: [cron, disk], shadow: { rules: [off, disk] } })).toEqual(
      [
        { path: 'shadow', after: 'what differs from the rules in force' },
        { path: 'shadow.rules[cron].enabled', before: 'true', after: 'false' },
      ],
    );
    expect(changes({ shadow: { rules: [cron, disk] } }, {})).toEqual([
      { path: 'shadow', before: '(2 rules)' },
    ]);
    expect(
      changes(
        { shadow: { rules: [cron, disk] }, detection: { inhibitions: [down] } },
        {
          shadow: { rules: [rest, disk, { ...cron, enabled: false }] },
          detection: {
            inhibitions: [
              { ...down, id: 'first' },
              { ...down, equal: ['y'] },
            ],
          },
        },
      ),
    ).toEqual([
      { path: 'detection.inhibitions[first]', after: 'first' },
      { path: 'detection.inhibitions[down].equal', before: '["x"]', after: '["y"]' },
      { path: 'shadow.rules[rest]', after: 'rest' },
      { path: 'shadow.rules[cron].enabled', before: 'true', after: 'false' },
      { path: 'shadow.rules (order)', before: '["cron","disk"]', after: '["disk","cron"]' },
    ]);
  });

  it('without secrets, but says that one would change', () => {
    const [hook, other] = ['https://example.com/in?sig=canary', 'https://example.com/in?sig=canary2'];
    const rule = (description: string) => [{ id: 'one', name: 'One', description }];
    const found = changes(
      { people: [person('ann', { webhook: hook, teams: hook })], rules: rule('password=canary') },
      { people: [person('ann', { webhook: other })], rules: rule('password=canary2') },
    );
    expect(JSON.stringify(found)).not.toContain('canary');
    expect(found).toEqual([
      { path: 'people[ann].teams', before: 'https://example.com/[masked]' },
      {
        path: 'people[ann].webhook',
        before: 'https://example.com/[masked]',
        after: 'https://example.com/[masked]',
      },
      { path: 'rules[one].description', before: 'password=[masked]', after: 'password=[masked]' },
    ]);
  });

  it('of long texts only around the place where they begin to differ, never inside of a letter', () => {
    const template = (text: string) => ({
      postmortemTemplates: [{ id: 'one', name: 'One', markdown: `## Summary\n\n${text}` }],
    });
    const long = '👩‍🚒'.repeat(300);
    const [change] = changes(template(`${long} old ${long}`), template(`${long} new ${long}`));
    expect(change?.before).toMatch(/^…(👩‍🚒)+ old (👩‍🚒)+…$/u);
    expect(change?.after).toMatch(/^…(👩‍🚒)+ new (👩‍🚒)+…$/u);
    for (const text of [change?.before, change?.after])
      expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(200);
  });

  it.each(['ж', '字', 'a'])(
    'of a text whose letters are like %s, so that the difference is shown',
    (letter) => {
      const rule = (text: string) => ({ rules: [{ id: 'one', name: 'One', description: text }] });
      for (const length of [60, 100, 150, 199, 250]) {
        const [change] = changes(rule(`${letter.repeat(length)} old`), rule(`${letter.repeat(length)} new`));
        expect([change?.before?.slice(-4), change?.after?.slice(-4)]).toEqual([' old', ' new']);
      }
    },
  );

  it('of so many fields that the answer stays short, and how many more there are', () => {
    const people = (name: string) => ({
      people: Array.from({ length: 250 }, (_, n) => person(`p${n}`, { name })),
    });
    const { changes: told, moreChanges } = plan(people('old'), people('new'));
    expect([told.length, moreChanges]).toEqual([100, 150]);
    expect(told[0]).toEqual({ path: 'people[p0].name', before: 'old', after: 'new' });
  });
});
