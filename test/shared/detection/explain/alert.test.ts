import { describe, expect, it } from 'vitest';
import { explainAlert, ruleSchema } from '../../../../shared/detection/index.ts';
import { type LoggedFact, serviceSchema } from '../../../../shared/incidents/index.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { world, worldWith } from '../../../support/detection-world.ts';
import { explained, kept, recordOf, told } from '../../../support/explained.ts';
import { epoch, fingerprint, org, signal } from '../../../support/signals.ts';
import { maintenance, silence } from '../../../support/silences.ts';

const at = (seconds: number) => epoch + seconds * 1_000;
const rule = (more: object) => ruleSchema.parse({ id: 'own', name: 'Own', ...more });
const fired = signal('api', 'firing', 0);

describe('what was received', () => {
  it('is told with its source, its times and what the translator noted', () => {
    const own = world();
    own.receive(60, signal('api', 'firing', 0, { flags: ['generic'] }));
    const last = kept(signal('api', 'firing', 0, { flags: ['generic'] }), at(60));
    const lines = told(explained(own.memory, last, at(90)), 'received');
    expect(lines[0]).toContain(
      '“api is failing” (no severity of its own, service checkout) was last received',
    );
    expect(lines.join('\n')).toContain('1 min before it was received');
    expect(lines.join('\n')).toContain('kept as a generic alert');
    expect(lines.join('\n')).toContain('It is on since');
  });

  it('that came too late to be put in its order says so', () => {
    const own = world();
    own.receive(2_000, fired);
    const said = explained(own.memory, kept(fired, at(2_000)), at(2_010));
    expect(told(said, 'received').join('\n')).toContain('too late to be put in its order');
  });

  it.each([
    [
      'after how long, by which rule',
      {},
      'after 10 min in which nothing was told of it',
      "Rule 'Own' ends what is not told again for 10 min",
    ],
    [
      'that its sender had named the end',
      { until: at(230) },
      'after 4 min in which',
      'Its sender named 2026-11-23 03:03:50 UTC',
    ],
  ])('that ended by itself says so, and %s', (_, more, quiet, who) => {
    const own = world(rule({ actions: { autoResolve: 600 } }));
    const last = signal('api', 'firing', 0, more);
    own.receive(0, last);
    own.memory.lapse(at(600));
    own.settle(615);
    const said = explained(own.memory, kept(last), at(700));
    const [, line] = told(said, 'received');
    expect(line).toContain(quiet);
    expect(line).toContain('nobody said that it had cleared');
    expect(line).toContain(who);
    expect(said.steps.find(({ about }) => about === 'window')?.lines?.at(-1)).toContain(
      'none of its alerts fired any more',
    );
    expect([...own.memory.entries.values()].flat().at(-1)).toMatchObject({ state: 'resolved', lapsed: true });
  });

  it('which only ended was never fired, and pages nobody', () => {
    const own = world();
    own.receive(0, signal('api', 'resolved', 0));
    const head = own.memory.heads.get(fingerprint('api'));
    const said = explained(own.memory, kept(fired), at(10));
    expect(head?.firings).toEqual([]);
    expect(said.outcome).not.toBe('incident');
  });

  it('is put together from the head where what came in is kept no more', () => {
    const own = world();
    own.receive(0, fired);
    const said = explained(own.memory, kept(fired), at(10), { told: { ...kept(fired), source: 'head' } });
    expect(told(said, 'received')[1]).toContain('not kept any more');
  });
});

describe('the rules that were tried', () => {
  const rules = [
    rule({ id: 'prod', name: 'Production', conditions: { when: 'env="prod"' } }),
    rule({ id: 'set', name: 'Names it', continue: true, actions: { set: { severity: 'P1_CRITICAL' } } }),
    rule({ id: 'all', name: 'All', conditions: { alertPattern: 'failing' } }),
  ];
  const own = world(...rules);
  const staging = signal('api', 'firing', 0, { labels: { env: 'staging' } });
  own.receive(0, staging);

  it('are told in their order with the values they saw, the one that decided last', () => {
    const lines = told(explained(own.memory, kept(staging), at(10)), 'rules');
    expect(lines[0]).toContain(
      "Rule 'All' decided: an incident, as P1 Critical. 2 rules before it were tried first.",
    );
    expect(lines[1]).toBe(`'Production' does not fit. env="prod": no, it saw "staging".`);
    expect(lines[2]).toContain("'Names it' fits and has later rules go on");
    expect(lines[3]).toContain(
      "'All' fits. 'failing' occurs in title or description: yes, it saw \"api is failing\"",
    );
  });

  it('of a version that is not in force any more say whether those of today decide otherwise', () => {
    const today = { version: 2, rules: [] };
    const version = { version: 1, rules, since: at(-100), by: 'per_1', isThen: true };
    const said = explained(own.memory, kept(staging), at(10), { rules: version, today });
    expect(told(said, 'rules')[0]).toContain('These are the rules of then (version 1');
    expect(told(said, 'rules').at(-1)).toContain(
      'Today’s rules (version 2) would decide otherwise: the default rule',
    );
    const same = explained(own.memory, kept(staging), at(10), {
      rules: version,
      today: { version: 2, rules },
    });
    expect(told(same, 'rules').at(-1)).toBe('Today’s rules (version 2) would decide the same.');
  });

  it('that are not kept are those of today, and it is said', () => {
    const version = { version: 3, rules, isThen: false };
    const said = explained(own.memory, kept(staging), at(10), { rules: version, today: version });
    expect(told(said, 'rules')[0]).toContain('These are the rules of today (version 3)');
  });

  it('include the one that was asked after, however many came between', () => {
    const many = [
      rules[0],
      ...Array.from({ length: 200 }, (_, i) =>
        rule({ id: `r${i}`, name: `R${i}`, conditions: { when: 'env="x"' } }),
      ),
    ];
    const large = world(...many.flatMap((one) => one ?? []));
    large.receive(0, staging);
    expect(told(explained(large.memory, kept(staging), at(10)), 'rules').join()).not.toContain('Production');
    const asked = told(explained(large.memory, kept(staging), at(10), { wanted: 'prod' }), 'rules');
    expect(asked.join()).toContain("'Production' does not fit");
    expect(asked.length).toBeLessThan(40);
  });
});

describe('why it is in no incident', () => {
  it('a rule suppresses or drops it', () => {
    const suppressing = world(rule({ actions: { suppress: true } }));
    suppressing.receive(0, fired);
    expect(explained(suppressing.memory, kept(fired), at(10))).toMatchObject({
      outcome: 'suppressed',
      isPaged: false,
      summary: "It is recorded without an incident, as rule 'Own' says, so it pages nobody.",
    });
    const dropping = world(rule({ actions: { drop: true } }));
    dropping.receive(0, fired);
    const dropped = explained(dropping.memory, kept(fired), at(10));
    expect(dropped.outcome).toBe('dropped');
    expect(dropped.summary).toContain('What was received of it is kept for as long as all signals are.');
    expect(JSON.stringify(dropped)).not.toContain('nothing else is kept');
  });

  it('a silence holds it back, and others do not fit, or not at that time', () => {
    const matching = silence(-10, 600, [{ name: 'title', op: '=~', value: 'api.*' }]);
    const other = silence(-10, 600, [{ name: 'team', op: '=', value: 'search' }]);
    const over = silence(-500, -100, [{ name: 'title', op: '=~', value: 'api.*' }]);
    const memory = new DetectionMemory([], { quiets: [matching, other, over] });
    memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired] }], at(0));
    const said = explained(memory, kept(fired), at(10));
    expect(said).toMatchObject({ outcome: 'silence', isPaged: false });
    expect(said.summary).toContain(`Silence ${matching.id} (a test) holds it back, until`);
    const lines = told(said, 'quiet').join('\n');
    expect(lines).toContain('1 does not fit.');
    expect(lines).toContain(`Silence ${over.id} (a test) would fit, but it had ended`);
    expect(told(said, 'page')).toEqual(['Nobody was paged for it: only an incident pages.']);
  });

  it('its service is under maintenance', () => {
    const memory = new DetectionMemory([], { quiets: [maintenance(-10, 600, 'checkout')] });
    memory.receive([{ ...kept(fired).from, kind: 'signals', org, signals: [fired] }], at(0));
    const said = explained(memory, kept(fired), at(10));
    expect(said.outcome).toBe('maintenance');
    expect(told(said, 'quiet').join()).toContain('its service checkout is under maintenance');
  });

  it('a threshold waits for more, so many so far', () => {
    const own = world(rule({ conditions: { threshold: 3, timeWindow: 300 } }));
    own.receive(0, fired, signal('db', 'firing', 5));
    const said = explained(own.memory, kept(fired), at(10));
    expect(said.outcome).toBe('waiting');
    expect(said.summary).toContain(
      "2 of the 3 distinct alerts that rule 'Own' asks for fired within 5 min so far",
    );
    expect(told(said, 'window').at(-1)).toMatch(/^It counts with what fires until .* UTC\.$/);
    expect(told(explained(own.memory, kept(fired), at(400)), 'window').at(-1)).toMatch(
      /^Its time ended at .*: what fires later is counted without it, until it is told again\.$/,
    );
    const gone = explained(own.memory, kept(fired), at(10), { today: { version: 2, rules: [] } });
    expect(told(gone, 'window').at(-1)).toBe(
      "Rule 'Own' is not in force any more: where it goes by the rules of now is looked at within three minutes after such a change.",
    );
  });

  it('members of which too few fire', () => {
    const of = ['api', 'db'].map((name) => ({ name, when: { field: 'title', matches: `${name} .*` } }));
    const own = world(rule({ conditions: { members: { of, atLeast: 2 }, timeWindow: 300 } }));
    own.receive(0, fired);
    expect(explained(own.memory, kept(fired), at(10)).summary).toContain('1 of the 2 members');
  });

  it('it was received just now and is being decided', () => {
    const said = explained(world().memory, kept(fired), at(1));
    expect(said).toMatchObject({ outcome: 'undecided', isPaged: false });
    expect(said.summary).toContain('received only just now');
  });
});

describe('why it is in its incident', () => {
  it('its group has one that is open', () => {
    const own = world();
    own.receive(0, fired);
    const said = explained(own.memory, kept(fired), at(10));
    expect(said).toMatchObject({ outcome: 'incident', incident: [...own.memory.incidents.keys()][0] });
    expect(said.summary).toMatch(
      /^It is in INC-1: Rule 'By service' \(matches every alert\); grouped by service=checkout\./,
    );
    expect(told(said, 'grouping')[0]).toContain('Its group is service=checkout');
    expect(told(said, 'window').join('\n')).toContain('INC-1 takes alerts of its group since');
    expect(told(said, 'correlation')[0]).toContain('Its group has incidents of its own');
  });

  it('its key has a gap where it lacks a label that its rule groups by, also one before', () => {
    const set = { groupingKey: 'disk/{host}' };
    const own = world(
      rule({ id: 'first', name: 'Disks', continue: true, actions: { set } }),
      rule({ group: { by: ['title'] } }),
    );
    own.receive(0, fired);
    const said = explained(own.memory, kept(fired), at(10));
    expect(told(said, 'grouping').slice(0, 2)).toEqual([
      expect.stringMatching(/^Its group is key=disk\/: /),
      "Rule 'Disks' groups by a key that asks for {host}, which this alert does not have: that is left empty in it.",
    ]);
  });

  it('that ended says how', () => {
    const own = world();
    own.receive(0, fired);
    own.receive(60, signal('api', 'resolved', 60));
    own.settle(71);
    const said = explained(own.memory, kept(fired), at(100));
    expect(told(said, 'window').join('\n')).toContain('because none of its alerts fired any more');
  });

  it('its service depends on that of the incident, with a score', () => {
    const services = [{ id: 'checkout', dependsOn: ['postgres'] }, { id: 'postgres' }];
    const own = worldWith(services.map((one) => serviceSchema.parse(one)));
    own.receive(0, signal('db', 'firing', 0, { service: 'postgres' }));
    own.receive(5, fired);
    const said = explained(own.memory, kept(fired), at(10));
    expect(told(said, 'correlation')[0]).toMatch(
      /checkout depends on postgres.*\(the services depend on each other; score 0\.\d\d\)/,
    );
    expect(said.outcome).toBe('incident');
  });

  it('it came into an incident of another group, for a reason that the log has whole, and others may have to do with that', () => {
    const own = world();
    own.receive(0, fired);
    const record = recordOf(own.memory, kept(fired), at(10));
    const [first] = record.joined;
    if (!first?.incident) throw new Error('It is in an incident');
    const whole = 'Over 5 new alerts opened incidents, so this one is in its storm';
    const facts = [{ type: 'alerts.changed', data: { why: whole, entries: [] } }] as unknown as LoggedFact[];
    const membership = { ...first.membership, correlation: 'storm', why: 'Over 5 new … is in …' };
    const storm = explainAlert({ ...record, joined: [{ ...first, membership, facts }] });
    expect(told(storm, 'correlation')[0]).toContain(`: ${whole}.`);
    const related = [{ incident: first.incident.id, number: 52, why: 'both need postgres' }];
    const beside = explainAlert({
      ...record,
      joined: [{ ...first, incident: { ...first.incident, related } }],
    });
    expect(told(beside, 'correlation').slice(0, 2)).toEqual([
      'Its group has incidents of its own.',
      'INC-52 may have to do with it: both need postgres.',
    ]);
  });

  it('it came in before a silence held back what it said last', () => {
    const own = world();
    own.receive(0, fired);
    own.memory.quiets = [silence(20, 600, [{ name: 'title', op: '=~', value: 'api.*' }])];
    const again = signal('api', 'firing', 60);
    own.receive(60, again);
    const said = explained(own.memory, kept(again), at(70));
    expect(said.outcome).toBe('silence');
    expect(said.summary).toContain('Before that it came into one: it is in INC-1');
  });
});
