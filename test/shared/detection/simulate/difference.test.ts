import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../../shared/alerts/index.ts';
import {
  differenceOf,
  MOST_EXAMPLES,
  Replay,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';
import { HOUR } from '../../../../shared/kernel/index.ts';
import { anyWeek } from '../../../support/any-week.ts';
import { epoch, org, post, signal } from '../../../support/signals.ts';

const rule = (id: string, more: object = {}): Rule => ruleSchema.parse({ id, name: id, ...more });

function outcome(rules: readonly Rule[], signals: readonly Signal[]) {
  const replay = new Replay(org, rules);
  for (const one of signals) replay.receive(post(one));
  return replay.finish(epoch + 48 * HOUR);
}

const between = (active: readonly Rule[], draft: readonly Rule[], signals: readonly Signal[]) =>
  differenceOf(outcome(active, signals), outcome(draft, signals));

/** Two services fail at the same time, and are well an hour later. */
const twoServices = ['checkout', 'search']
  .flatMap((service) => [
    signal(`${service}-1`, 'firing', 0, { service }),
    signal(`${service}-2`, 'firing', 60, { service }),
    signal(`${service}-1`, 'resolved', 3_600, { service }),
    signal(`${service}-2`, 'resolved', 3_600, { service }),
  ])
  .toSorted((a, b) => a.at - b.at);

const together = [rule('together', { group: { by: ['source'] } })];

describe('the difference between two rule sets', () => {
  it('is none when they say the same', () => {
    const { words, active, draft } = between([], [rule('default')], twoServices);
    expect(words).toEqual([
      '8 signals of 4 alerts would make 2 incidents; the rules in force make 2.',
      'Nothing would be different.',
    ]);
    expect(active).toEqual(draft);
  });

  it('is none of rules in force from themselves, also where an alert goes from one incident to another', () => {
    const bySeverity = [rule('severe', { group: { by: ['service', 'label:severity'] } })];
    const said = (severity: string, at: number) =>
      signal('x', 'firing', at, { service: 'web', labels: { severity } });
    const { words, merged, split } = between(bySeverity, bySeverity, [said('P1', 0), said('P3', 60)]);
    expect(words.at(-1)).toBe('Nothing would be different.');
    expect([merged.total, split.total]).toEqual([0, 0]);
    // One rule for both is told as what it is.
    expect(between(bySeverity, [], [said('P1', 0), said('P3', 60)]).merged.total).toBe(1);
    fc.assert(
      fc.property(anyWeek, ({ inForce: { rules, ...setting }, quiets, posts, end }) => {
        const [one, other] = [1, 2].map(() => {
          const replay = new Replay(org, rules, { ...setting, quiets });
          for (const message of posts) replay.receive(message);
          return replay.finish(end);
        });
        if (one && other) expect(differenceOf(one, other).words.at(-1)).toBe('Nothing would be different.');
      }),
      { numRuns: 60 },
    );
  });

  it('tells what would be one incident, and what several', () => {
    const { merged, split, words } = between([], together, twoServices);
    expect([merged.total, split.total]).toEqual([1, 0]);
    expect(merged.examples[0]?.parts).toMatchObject({
      total: 2,
      examples: [{ service: 'checkout' }, { service: 'search' }],
    });
    expect(words).toContain(
      "1 incident would hold what is in 2 separate incidents now: 'checkout-1 is failing'.",
    );
    const back = between(together, [], twoServices);
    expect([back.merged.total, back.split.total]).toEqual([0, 1]);
    expect(back.words).toContain(
      "1 incident of now would be several instead of one: 'checkout-1 is failing'.",
    );
  });

  it('tells what would have been missed, and that nobody would have been paged', () => {
    const deaf = [
      rule('deaf', { conditions: { alertPattern: 'search' }, actions: { createIncident: false } }),
    ];
    const { missed, unplaced, unpaged, onlyActive, words } = between([], deaf, twoServices);
    expect([missed.total, unplaced.total, unpaged.total, onlyActive.total]).toEqual([2, 2, 1, 1]);
    expect(unplaced.examples).toEqual(missed.examples);
    expect(missed.examples[0]).toMatchObject({
      title: 'search-1 is failing',
      why: "Rule 'deaf' records its alerts without an incident",
    });
    expect(words.join(' ')).toMatch(
      /2 alerts would be in no incident, and are in one now: 'search-1 is failing' and 1 more/,
    );
    expect(words.join(' ')).toMatch(
      /2 firings belong to an incident that pages somebody now, and would page nobody/,
    );
    const { caught, placed, newlyPaged } = between(deaf, [], twoServices);
    expect([caught.total, placed.total, newlyPaged.total]).toEqual([2, 2, 1]);
  });

  /** One alert that fires three times, hours apart. */
  const thrice = [0, 1, 2].flatMap((n) => [
    signal('disk', 'firing', n * 10_000, { severity: 'P2_HIGH' }),
    signal('disk', 'firing', n * 10_000 + 60, { severity: 'P2_HIGH' }),
    signal('disk', 'resolved', n * 10_000 + 600),
  ]);

  it('tells what would be missed by firing: each time for which somebody is woken and nobody would be', () => {
    const cooling = [rule('cooling', { actions: { cooldown: 15_000 } })];
    const { missed, unplaced, unpaged, active, draft } = between([], cooling, thrice);
    expect([active.pages, draft.pages]).toEqual([3, 2]);
    expect(missed).toMatchObject({
      total: 1,
      examples: [
        {
          firedAt: epoch + 10_000_000,
          why: "Rule 'cooling' pages no more for 4 h 10 min after a page of the same group",
        },
      ],
    });
    expect([unplaced.total, unpaged.total]).toEqual([0, 1]);
    const patient = [rule('patient', { conditions: { minDuration: 900 } })];
    expect(between([], patient, thrice).missed).toMatchObject({
      total: 3,
      examples: [{ why: "Rule 'patient' pages only for an alert that has gone on for 15 min" }, {}, {}],
    });
    expect(between(patient, [], thrice).caught.total).toBe(3);
  });

  it('names all that a rule has a page wait for: which of these it was is not on record', () => {
    const both = [rule('both', { conditions: { minDuration: 900 }, actions: { cooldown: 15_000 } })];
    expect(between([], both, thrice).missed.examples[0]?.why).toBe(
      "Rule 'both' pages no more for 4 h 10 min after a page of the same group, or: Rule 'both' pages only for an alert that has gone on for 15 min",
    );
  });

  it('misses nothing that joins an incident of which somebody was told', () => {
    const { missed, caught } = between([], together, twoServices);
    expect([missed.total, caught.total]).toEqual([0, 0]);
  });

  it('says that a rule makes it one of low urgency', () => {
    const low = [rule('low', { actions: { urgency: 'low' } })];
    const { missed, unplaced } = between([], low, thrice);
    expect([missed.total, unplaced.total]).toEqual([3, 0]);
    expect(missed.examples[0]?.why).toBe("Rule 'low' makes its incident one of low urgency");
  });

  it.each([
    [
      'pages later',
      { conditions: { minDuration: 1_200 } },
      'would page first at another time',
      '20 min later',
    ],
    [
      'escalates otherwise',
      { actions: { escalateAfter: 3_600 } },
      'would escalate otherwise',
      'after 1 h instead of as its policy says',
    ],
    [
      'has another runbook',
      { actions: { runbook: 'https://b.example/r' } },
      'would have another runbook',
      'https://b.example/r instead of none',
    ],
    [
      'has another title',
      { actions: { set: { title: 'Other' } } },
      'would have another title',
      "'checkout-1 is failing' ('Other' instead of 'checkout-1 is failing')",
    ],
    ['ends sooner', { actions: { autoResolve: 300 } }, 'would end at another time', 'sooner'],
  ])('says of incidents of both what %s', (_, more, words, what) => {
    const found = between([rule('own')], [rule('own', more)], twoServices);
    expect([found.onlyDraft.total, found.merged.total, found.split.total]).toEqual([0, 0, 0]);
    expect(found.otherwise.total).toBe(2);
    expect(found.otherwise.examples[0]?.how.join()).toContain(`${words}: `);
    const said = found.words.find((one) => one.startsWith(`2 incidents ${words}: `));
    expect(said).toContain(what);
    expect(found.words).not.toContain('Nothing would be different.');
  });

  it('says who else is paged where as many are as before', () => {
    const to = (checkout: string, search: string) => [
      rule('c', { conditions: { alertPattern: 'checkout' }, actions: { assignToTeam: checkout } }),
      rule('s', { actions: { assignToTeam: search } }),
    ];
    const { words } = between(to('one', 'two'), to('two', 'one'), twoServices);
    expect(words[1]).toMatch(/^2 incidents would page by another policy: /);
    expect(words[1]).toContain("'checkout-1 is failing' (two instead of one)");
  });

  it('tells who would be paged more or less', () => {
    const team = [
      rule('team', { conditions: { alertPattern: 'search' }, actions: { assignToTeam: 'find' } }),
    ];
    const { policies, words } = between([], team, twoServices);
    expect(policies).toEqual([
      { active: 2, draft: 1 },
      { policy: 'find', active: 0, draft: 1 },
    ]);
    expect(words).toContain(
      'First pages: 2 instead of 2 (the administrators: 1 instead of 2, find: 1 instead of 0).',
    );
  });

  it('tells which alerts lack a label that the draft groups by', () => {
    const set = { groupingKey: 'disk/{host}/{@service}' };
    const { words } = between(
      [],
      [rule('disks', { name: 'Disks', actions: { set } })],
      [
        signal('a', 'firing', 0, { service: 'search' }),
        signal('b', 'firing', 10, { service: 'search', labels: { host: 'db1' } }),
      ],
    );
    expect(words.at(-1)).toBe(
      "1 alert lacks {host}, which the grouping of rule 'Disks' asks for, and which is left empty: 'a is failing' would be grouped by key=disk//search.",
    );
  });

  it('takes the first policy for what no rule assigns, so pages that stay do not move', () => {
    const team = [rule('team', { actions: { assignToTeam: 'find' } })];
    const played = [outcome(team, twoServices), outcome([], twoServices)] as const;
    const { policies, words } = differenceOf(...played, [], { active: 'find', draft: 'find' });
    expect(policies).toEqual([{ policy: 'find', active: 2, draft: 2 }]);
    expect(words.join()).not.toContain('First pages');
    const names = new Map([['find', 'Search team']]);
    const [active, draft] = [outcome([], twoServices), outcome(team, twoServices)];
    expect(differenceOf(active, draft, [], { names }).words).toContain(
      'First pages: 2 instead of 2 (the administrators: 0 instead of 2, Search team (find): 2 instead of 0).',
    );
  });

  it('tells of another severity', () => {
    const { severity, words } = between(
      [],
      [rule('worse', { conditions: { severity: 'P1_CRITICAL' } })],
      twoServices,
    );
    expect(severity).toMatchObject({
      total: 2,
      examples: [{ active: { severity: 'P3_MEDIUM' }, draft: { severity: 'P1_CRITICAL' } }, {}],
    });
    expect(words.join()).toMatch(
      /2 incidents would have another severity: '[^']+' P1 Critical instead of P3 Medium, '[^']+' P1/,
    );
  });

  it('does not take an alert of another day for the same incident', () => {
    const days = [0, 30 * 3_600].flatMap((at) => [
      signal('a', 'firing', at),
      signal('a', 'resolved', at + 60),
    ]);
    const { merged, split, active } = between([], [rule('default')], days);
    expect([active.incidents, merged.total, split.total]).toEqual([2, 0, 0]);
  });

  it('shows a few of many', () => {
    const many = Array.from({ length: 300 }, (_, i) => signal(`a${i}`, 'firing', i, { service: `s${i}` }));
    const { merged, onlyDraft } = between([], together, many);
    expect([
      merged.total,
      merged.examples[0]?.parts.total,
      merged.examples[0]?.parts.examples.length,
    ]).toEqual([1, 300, 5]);
    const { onlyActive, missed } = between([], [rule('deaf', { actions: { createIncident: false } })], many);
    expect([onlyActive.total, onlyActive.examples.length, missed.examples.length]).toEqual([
      300,
      MOST_EXAMPLES,
      MOST_EXAMPLES,
    ]);
    expect(onlyDraft.total).toBe(0);
    expect(JSON.stringify(between([], together, many)).length).toBeLessThan(20_000);
  });
});
