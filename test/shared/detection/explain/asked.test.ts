import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/detection/index.ts';
import { Inhibitions } from '../../../../shared/detection/inhibition/inhibitions.ts';
import { inhibitionSchema } from '../../../../shared/detection/inhibition/rule.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { world } from '../../../support/detection-world.ts';
import { explained, kept, told } from '../../../support/explained.ts';
import { epoch, signal } from '../../../support/signals.ts';

const HOURS = 3_600;
const at = (seconds: number) => epoch + seconds * 1_000;
const rule = (id: string, more: object = {}) => ruleSchema.parse({ id, name: id.toUpperCase(), ...more });

describe('an alert that fires again and is not decided yet', () => {
  const own = world();
  own.receive(0, signal('api', 'firing', 0));
  own.receive(60, signal('api', 'resolved', 60));
  own.memory.settle(at(80));

  it('was not paged for because the incident of its earlier firing was, a day later or an hour', () => {
    for (const second of [27 * HOURS, HOURS]) {
      const again = kept(signal('api', 'firing', second));
      const paging = { incident: [...own.memory.incidents.keys()][0] ?? 'inc_1', isPaged: true } as const;
      const said = explained(own.memory, again, at(second + 300), {
        paging: { ...paging, summary: 'Ann was paged.', steps: [] },
      });
      expect([said.outcome, said.isPaged, said.incident]).toEqual(['undecided', false, undefined]);
      expect(said.summary).toBe(
        'It pages nobody. It was received 5 min ago, and is not decided yet: much may wait to be.',
      );
      expect(explained(own.memory, again, at(second + 30)).summary).toContain('received only just now');
    }
  });

  it('stays with its incident when it is only told again', () => {
    const last = kept(signal('api', 'firing', 0), at(30));
    expect(explained(own.memory, last, at(90))).toMatchObject({ outcome: 'incident' });
  });
});

describe('a rule that is asked after', () => {
  const failing = signal('api', 'firing', 0, { severity: 'P4_LOW' });
  const rules = [
    rule('owner', { continue: true, actions: { set: { service: 'db', severity: 'P1_CRITICAL' } } }),
    rule('asked', { conditions: { when: { all: ['@service="db"', 'nolabel="x"'] } } }),
    ...Array.from({ length: 140 }, (_, i) => rule(`f${i}`, { conditions: { when: `env="e${i}"` } })),
    rule('off', { enabled: false }),
    rule('all'),
    rule('behind'),
  ];
  const own = world(...rules);
  own.receive(0, failing);
  const asked = (wanted: string) => told(explained(own.memory, kept(failing), at(10), { wanted }), 'rules');

  it('saw what the rules before it had set', () => {
    const lines = asked('asked').join('\n');
    expect(lines).toContain('\'ASKED\' does not fit. nolabel="x": no, it saw nothing.');
    expect(lines).toContain("'OWNER' fits and has later rules go on");
  });

  it('was not tried where another decided before it, where it is off, and where it is not', () => {
    expect(asked('behind').join('\n')).toContain(
      "'BEHIND' was not tried: rule 'ALL' stands before it and had decided.",
    );
    expect(asked('off').join('\n')).toContain("'OFF' is off, so it was not tried.");
    expect(asked('nowhere').join('\n')).toContain("No rule of this version has the id 'nowhere'.");
  });

  it('or not, what set something is told of, however many came between', () => {
    const lines = told(explained(own.memory, kept(failing), at(10)), 'rules');
    expect(lines.filter((line) => line.startsWith("'OWNER'"))).toHaveLength(1);
    expect(lines.length).toBeLessThan(36);
    expect(lines[1]).toBe('111 rules more that did not fit were tried, too.');
  });
});

describe('what an explanation takes from the settings and from what mutes', () => {
  it('is when an alert flaps', () => {
    const memory = new DetectionMemory([]);
    for (const [i, state] of (['firing', 'resolved', 'firing', 'resolved'] as const).entries())
      memory.receive(
        [
          {
            ...kept(signal('api', state, i * 60)).from,
            kind: 'signals',
            org: memory.org,
            signals: [signal('api', state, i * 60)],
          },
        ],
        at(i * 60),
      );
    const last = kept(signal('api', 'firing', 120));
    const lines = (more = {}) => told(explained(memory, last, at(200), more), 'received').join('\n');
    expect(lines()).not.toContain('It flaps');
    expect(lines({ flapping: { changes: 4, within: 600_000 } })).toContain('It flaps');
  });

  it('is that what mutes an alert holds it back while that fires', () => {
    const down = inhibitionSchema.parse({ id: 'down', source: 'on="cluster"', target: 'on="instance"' });
    const memory = new DetectionMemory([], { inhibitions: new Inhibitions([down]) });
    const [source, muted] = ['cluster', 'instance'].map((on, i) =>
      signal(on, 'firing', i, { labels: { on } }),
    );
    if (!source || !muted) throw new Error('Two signals');
    for (const one of [source, muted])
      memory.receive([{ ...kept(one).from, kind: 'signals', org: memory.org, signals: [one] }], one.at);
    const said = explained(memory, kept(muted), at(10));
    expect(said.summary).toMatch(/, while that fires and for 1 min after its end\. So it is in no incident/);
    expect(told(said, 'quiet')[0]).toMatch(/, while that fires and for 1 min after its end\.$/);
  });
});
