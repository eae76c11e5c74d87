import { describe, expect, it } from 'vitest';
import { explainAlert, ruleSchema } from '../../../../shared/detection/index.ts';
import type { LoggedFact } from '../../../../shared/incidents/index.ts';
import { idOf } from '../../../../shared/kernel/index.ts';
import { world } from '../../../support/detection-world.ts';
import { explained, kept, recordOf, told } from '../../../support/explained.ts';
import { epoch, signal } from '../../../support/signals.ts';

const at = (seconds: number) => epoch + seconds * 1_000;
const rule = (more: object) => ruleSchema.parse({ id: 'own', name: 'Own', ...more });
const fired = signal('api', 'firing', 0);

describe('why a page was sent or not', () => {
  it('the incident waits for its first page, or is of a severity that pages nobody', () => {
    const own = world();
    own.receive(0, fired);
    expect(explained(own.memory, kept(fired), at(10)).summary).toContain(
      'INC-1 paged nobody: its first page is due at',
    );
    const low = signal('api', 'firing', 0, { severity: 'P5_INFO' });
    const quiet = world();
    quiet.receive(0, low);
    expect(explained(quiet.memory, kept(low), at(10)).summary).toContain('pages nobody');
  });

  it('the incident was paged for before it joined, which is told with when it came', () => {
    const own = world();
    own.receive(0, fired);
    const entry = { fingerprint: fired.fingerprint, title: 'api', severity: 'P1_CRITICAL', state: 'firing' };
    const change = {
      seq: 7,
      type: 'alerts.changed',
      recordedAt: at(60),
      data: { entries: [{ ...entry, at: at(60) }] },
    };
    const said = (lastPageAt: number) => {
      const record = recordOf(own.memory, kept(fired), at(90));
      const [first] = record.joined;
      if (!first || !record.paging) throw new Error('It is in an incident');
      const joined = [{ ...first, facts: [change as unknown as LoggedFact] }];
      return explainAlert({ ...record, joined, paging: { ...record.paging, lastPageAt } }).summary;
    };
    expect(said(at(10))).toMatch(
      /No page was sent since this alert came into it, at .*: to join an incident pages nobody anew\.$/,
    );
    expect(said(at(61))).not.toContain('No page was sent since');
  });

  it('what it says now is less than it said before, which its incident keeps', () => {
    const own = world();
    const [worst, least] = [
      signal('api', 'firing', 0, { severity: 'P1_CRITICAL' }),
      signal('api', 'firing', 60, { severity: 'P4_LOW' }),
    ];
    own.receive(0, worst);
    own.receive(60, least);
    const [incident] = own.memory.incidents.keys();
    const [first] = (incident && own.memory.entries.get(incident)) ?? [];
    const entry = {
      seq: 1,
      type: 'alerts.changed',
      recordedAt: at(0),
      data: { why: 'Rule', entries: [first] },
    };
    const record = recordOf(own.memory, kept(least), at(90));
    const joined = record.joined.map((one) => ({ ...one, facts: [entry as unknown as LoggedFact] }));
    expect(told(explainAlert({ ...record, joined }), 'window').join(' ')).toContain(
      'What was received last says P4 Low; it had said P1 Critical before, and an incident keeps the worst that was said of its alerts.',
    );
  });

  it('its incident became more severe, or pages, with another that was decided together with it', () => {
    const own = world();
    own.receive(0, fired);
    const [incident] = own.memory.incidents.keys();
    const [first] = (incident && own.memory.entries.get(incident)) ?? [];
    const changed = (data: object) =>
      [
        { seq: 2, type: 'incident.severity-changed', recordedAt: at(0), data },
        {
          ...{ seq: 3, type: 'alerts.changed', recordedAt: at(0) },
          data: {
            why: 'Rule',
            entries: [
              { ...first, severity: 'P3_MEDIUM' },
              { ...first, fingerprint: 'b' },
            ],
          },
        },
      ] as unknown as readonly LoggedFact[];
    const became = (data: object, rules = own.memory.rules) => {
      const record = recordOf(own.memory, kept(fired), at(90));
      const joined = record.joined.map((one) => ({ ...one, facts: changed(data) }));
      const said = explainAlert({ ...record, joined, rules: { version: 1, rules, isThen: true } });
      return told(said, 'window').filter((line) => line.startsWith('With it'));
    };
    expect(became({ from: 'P4_LOW', to: 'P1_CRITICAL' })).toEqual([]);
    expect(became({ from: 'P4_LOW', to: 'P3_MEDIUM' })).toHaveLength(1);
    const lifted = { from: 'P1_CRITICAL', to: 'P1_CRITICAL', urgency: 'normal' };
    expect(became(lifted)).toHaveLength(1);
    expect(became(lifted, [rule({ actions: { urgency: 'low' } })])).toEqual([]);
  });

  it('its incident ended long ago by its own time, since it flapped until then', () => {
    const own = world();
    for (let i = 0; i < 8; i++) {
      own.receive(i * 10, signal('api', i % 2 === 0 ? 'firing' : 'resolved', i * 10));
      own.settle(i * 10 + 5);
    }
    own.settle(70 + 600);
    const lines = told(explained(own.memory, kept(signal('api', 'firing', 60)), at(700)), 'window');
    expect(lines.at(-1)).toBe(
      'This alert flapped: it began and ended often, so the incident stayed open until that was quiet at 2026-11-23 03:11:10 UTC, and its escalation went on until then.',
    );
  });

  it('it opened its incident, which counts from when it fired', () => {
    const own = world();
    own.receive(5, fired);
    const [incident] = own.memory.incidents.keys();
    const [first] = (incident && own.memory.entries.get(incident)) ?? [];
    const facts = [
      { seq: 1, type: 'incident.opened', recordedAt: at(5), data: {} },
      { seq: 2, type: 'alerts.changed', recordedAt: at(5), data: { why: 'Rule', entries: [first] } },
    ] as unknown as readonly LoggedFact[];
    const record = recordOf(own.memory, kept(fired, at(5)), at(90));
    const joined = record.joined.map((one) => ({ ...one, facts }));
    expect(told(explainAlert({ ...record, joined }), 'window')[0]).toBe(
      'It opened INC-1 at 2026-11-23 03:00:05 UTC; it counts from 2026-11-23 03:00:00 UTC, when its first alert fired.',
    );
  });

  it('its rule holds pages: for how long it must go on, and after the last one', () => {
    const own = world(rule({ conditions: { minDuration: 300 }, actions: { cooldown: 3_600 } }));
    own.receive(0, fired);
    const lines = told(explained(own.memory, kept(fired), at(10)), 'page').join('\n');
    expect(lines).toContain('A page because of it is held until');
    expect(lines).toContain('gone on for 5 min');
    expect(lines).toContain('no more for 1 h after a page');
  });

  it('nothing that is recorded is said to be held', () => {
    const own = world(rule({ conditions: { minDuration: 300 } }));
    const low = { ...fired, severity: 'P4_LOW' as const };
    own.receive(0, low);
    expect(told(explained(own.memory, kept(low), at(10)), 'page').join('\n')).not.toContain('held until');
  });

  it('a page that was held is held no more once its incident is over', () => {
    const own = world(rule({ conditions: { minDuration: 300 } }));
    own.receive(0, fired);
    own.receive(60, signal('api', 'resolved', 60));
    own.settle(71);
    const said = explained(own.memory, kept(fired), at(100));
    expect(told(said, 'page')[0]).toBe(
      'A page because of it was to be held until 2026-11-23 03:05:00 UTC; INC-1 was over before that, at 2026-11-23 03:01:00 UTC, so nobody is paged for it.',
    );
  });

  it('its rule holds none back that is more severe than what was paged', () => {
    const own = world(rule({ actions: { cooldown: 600 } }));
    own.receive(0, fired);
    expect(told(explained(own.memory, kept(fired), at(10)), 'page')).toContain(
      "Rule 'Own' pages no more for 10 min after a page of the same group, except about what is more severe.",
    );
  });

  it('a rule gives it low urgency, while no other alert of its incident pages', () => {
    const low = rule({
      id: 'low',
      name: 'Low',
      continue: true,
      actions: { urgency: 'low' },
      conditions: { when: 'env="dev"' },
    });
    const brief = rule({ id: 'brief', name: 'Brief', continue: true, conditions: { minDuration: 300 } });
    const own = world(brief, low, rule({}));
    const quiet = signal('api', 'firing', 0, { labels: { env: 'dev' } });
    own.receive(0, quiet);
    const said = explained(own.memory, kept(quiet), at(10));
    expect(told(said, 'page')).toEqual(
      expect.arrayContaining([
        "Rule 'Brief' pages only for an alert that has gone on for 5 min.",
        "Rule 'Low' gives it low urgency: it pages nobody, unless an alert of normal urgency joins its incident.",
      ]),
    );
    expect(said.summary).toContain('of low urgency');
    own.receive(20, signal('other', 'firing', 20));
    expect(told(explained(own.memory, kept(quiet), at(30)), 'page')).toContain(
      "Rule 'Low' gives it low urgency: it pages nobody by itself, but its incident is of normal urgency.",
    );
  });

  it('somebody had acknowledged, or it was over before a page was due', () => {
    const own = world();
    own.receive(0, fired);
    const [id = idOf('incident', 0, 'none')] = own.memory.incidents.keys();
    own.memory.byHand(id, { do: 'acknowledge' }, at(1));
    expect(explained(own.memory, kept(fired), at(10)).summary).toContain('INC-1 paged nobody');
    const over = world();
    over.receive(5, fired, signal('api', 'resolved', 3));
    expect(explained(over.memory, kept(fired), at(10)).isPaged).toBe(false);
  });
});
