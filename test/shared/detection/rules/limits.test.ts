import { describe, expect, it } from 'vitest';
import { configurationSchema } from '../../../../shared/configuration/index.ts';
import {
  burdensOf,
  compileRules,
  type Received,
  type Rule,
  ruleSchema,
} from '../../../../shared/detection/index.ts';
import { integration, signal } from '../../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;
const DAY = 86_400;

const parsed = (more: object) => ruleSchema.safeParse({ id: 'r', name: 'R', ...more });
const faultsOf = (rules: readonly object[]) =>
  configurationSchema
    .safeParse({ rules: rules.map((one, i) => ({ id: `r${i}`, name: 'R', ...one })) })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const many = (count: number, conditions: (i: number) => object) =>
  Array.from({ length: count }, (_, i) => ({ conditions: conditions(i) }));

const parsedAll = (rules: readonly object[]): readonly Rule[] =>
  rules.map((one, i) => ruleSchema.parse({ id: `r${i}`, name: 'R', ...one }));

/** Milliseconds of this process for one alert that was not seen before: the least of some. */
function cpuOf(rules: readonly Rule[], alert: (i: number) => Received): number {
  const set = compileRules(rules);
  const times = Array.from({ length: 12 }, (_, i) => {
    const received = alert(i);
    const before = process.cpuUsage();
    set.match(received);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

const firing =
  (title: string, more = {}) =>
  (i: number): Received => ({
    signal: signal('a', 'firing', 0, { title: `${title} ${i}`, ...more }),
    from,
  });

describe('[F64] what a rule may say', () => {
  it.each([
    ['threshold 0', { conditions: { threshold: 0 } }],
    ['threshold -1', { conditions: { threshold: -1 } }],
    ['threshold 1e9', { conditions: { threshold: 1e9 } }],
    ['a time window of 0', { conditions: { timeWindow: 0 } }],
    ['a time window of 10 years', { conditions: { timeWindow: 3_650 * DAY } }],
    ['a grouping window of 0', { group: { window: 0 } }],
    ['a grouping window of 10 years', { group: { window: 3_650 * DAY } }],
    ['a reopen window shorter than deliveries may be late', { group: { reopen: 959 } }],
    [
      'a reopen window shorter than what is counted',
      { conditions: { threshold: 2, timeWindow: 1_200 }, group: { window: 7_200, reopen: 960 } },
    ],
    ['a cooldown of 0', { actions: { cooldown: 0 } }],
    ['a cooldown of 10 years', { actions: { cooldown: 3_650 * DAY } }],
    ['a minimum duration of -1', { conditions: { minDuration: -1 } }],
    ['a cooldown without an incident', { actions: { suppress: true, cooldown: 600 } }],
    ['low urgency of what is dropped', { actions: { drop: true, urgency: 'low' } }],
    ['suppress and drop', { actions: { suppress: true, drop: true } }],
    [
      'two severities',
      { conditions: { severity: 'P1_CRITICAL' }, actions: { set: { severity: 'P2_HIGH' } } },
    ],
    ['two teams', { actions: { assignToTeam: 'a', set: { team: 'b' } } }],
    ['a rule that goes on and counts', { continue: true, conditions: { threshold: 2 } }],
    ['a rule that goes on and suppresses', { continue: true, actions: { suppress: true } }],
    ['a template with an unknown field', { actions: { set: { title: '{@titel}' } } }],
    ['a template with an open bracket', { actions: { set: { groupingKey: 'x {env' } } }],
  ])('%s is refused with a reason', (_, more) => {
    const { error } = parsed(more);
    expect(error?.issues.every(({ message }) => message.length > 10)).toBe(true);
  });

  const quiet = { actions: { suppress: true } };
  it.each<[string, object]>([
    ['0.group', { continue: true, group: { by: ['title'] } }],
    ['0.group', { continue: true, group: { window: 3_600 } }],
    ['0.continue', { continue: true, conditions: { when: 'env="dev"' } }],
    ['0.actions.autoResolve', { continue: true, actions: { autoResolve: 600 } }],
    ['0.conditions.threshold', { ...quiet, conditions: { threshold: 2 } }],
    ['0.conditions.members', { ...quiet, conditions: { members: { label: 'zone', atLeast: 2 } } }],
    ['0.conditions.minDuration', { actions: { createIncident: false }, conditions: { minDuration: 60 } }],
    ['0.actions.assignToTeam', { actions: { drop: true, assignToTeam: 'ops' } }],
    ['0.actions.set.groupingKey', { actions: { suppress: true, set: { groupingKey: '{host}' } } }],
    ['0.actions.autoResolve', { actions: { drop: true, autoResolve: 600 } }],
  ])('rules.%s would do nothing in %j, so it is refused with what to do', (place, rule) => {
    const faults = faultsOf([rule]).filter((fault) => !fault.includes('There is no policy'));
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^rules\\.${place}: .*(give|leave)`))]);
    // One that is stored goes on to count.
    expect(parsed(rule).success).toBe(true);
  });

  it('what ends suppressed alerts, and the usual group of a rule that goes on, are taken', () => {
    expect(faultsOf([{ actions: { suppress: true, autoResolve: 600 } }])).toEqual([]);
    const goesOn = { continue: true, actions: { urgency: 'low' } };
    expect(faultsOf([{ ...goesOn, group: { by: ['service'], window: 1_200 } }])).toEqual([]);
  });

  it('a cooldown may be longer than all windows', () => {
    expect(parsed({ group: { window: 960 }, actions: { cooldown: DAY } }).success).toBe(true);
  });

  it('10,000 rules are taken, one more is not', () => {
    const rules = (count: number) => many(count, (i) => ({ when: `env="e${i}"` }));
    expect(faultsOf(rules(10_000))).toEqual([]);
    expect(faultsOf(rules(10_001)).join()).toContain('10000');
  });

  it.each<[string, (i: number) => object]>([
    ['patterns of words', (i) => ({ alertPattern: `database.*(node|pod)-?${i + 1_000}.*fail` })],
    [
      'patterns with a text in common',
      (i) => ({ alertPattern: `connection pool .{0,5} number ${i + 1_000}` }),
    ],
    ['labels', (i) => ({ when: `env="prod", team="t${i}"` })],
    ['labels that must not be', (i) => ({ when: { all: ['env!="prod"', `team!="t${i}"`] } })],
    [
      'ten labels that must not be',
      (i) => ({
        when: { all: [...Array.from({ length: 10 }, (_, n) => `l${n}!="${i}"`), 'severity at least P1'] },
      }),
    ],
    [
      'patterns that must not match',
      (i) => ({
        when: { all: ['severity at least P1', `@description!~".*(queue|connections) [0-9]+ of x${i}.*"`] },
      }),
    ],
    ['severities', (i) => ({ when: { all: ['severity at least P1', `team!="t${i}"`] } })],
    [
      "Alertmanager's kind",
      (i) => ({ when: `service=~"s-${i}(-.*)?", env!="dev", alertname!~"Info.*|Watchdog"` }),
    ],
    [
      "Opsgenie's kind",
      (i) => ({
        alertPattern: `service-${i} .*(failed|down)`,
        when: {
          all: [
            { not: { field: 'description', occurs: '(planned|test).*maintenance' } },
            { label: 'tags', matchesNot: '(.*,)?synthetic(,.*)?' },
          ],
        },
      }),
    ],
  ])('10,000 rules of %s, none of which matches, are tried in at most 5 ms', (_, conditions) => {
    const rules = parsedAll(many(10_000, conditions));
    expect(burdensOf(rules)).toEqual([]);
    const alert = firing('Database connection pool number 7 failed', {
      description: 'queue latency, connections 0 of 100; '.repeat(30),
      labels: { env: 'prod', team: 'x' },
    });
    expect(cpuOf(rules, alert)).toBeLessThan(5);
  });

  it.each([
    (i: number) => `(cpu|memory|disk) (usage|pressure) .*[0-9]{2,3}% on (host|node)-${i}`,
    (i: number) => `(?i)^\\[prod\\] (down|unreachable): .{1,30} #${i}$`,
  ])('2,000 rules that choose between fixed texts are taken (%#)', (pattern) => {
    expect(burdensOf(parsedAll(many(2_000, (i) => ({ alertPattern: pattern(i) }))))).toEqual([]);
  });

  it('of patterns of which each would double its automaton all the time few are taken', () => {
    const rules = parsedAll(many(100, (i) => ({ alertPattern: `(u+|x)x.{${20 + (i % 20)}}z${i}` })));
    expect(burdensOf(rules)[0]?.rule).toBeLessThan(25);
  });

  const loud = 'severity at least P1';
  const letters = (i: number) => i.toString(2).padStart(14, '0').replaceAll('0', 'a').replaceAll('1', 'b');
  it.each<[number, string, (i: number) => object, string]>([
    [
      2_000,
      'with patterns that every alert is asked',
      (i) => ({ alertPattern: `[xyz]{2}\\d+[a-f]{${(i % 90) + 1}}${'.?'.repeat(i % 7)}` }),
      'give them a fixed text of at least 3 characters',
    ],
    [
      2_000,
      'with patterns that must not match, without a fixed text',
      (i) => ({ when: `@description!~".*(c|x${i})s?.*"` }),
      'give them a fixed text of at least 3 characters',
    ],
    [
      500,
      'with patterns that all need one text',
      (i) => ({ alertPattern: `checkout.{${i % 400},}x?${'.?'.repeat(i % 7)}` }),
      'the fixed texts of so many fit into one alert',
    ],
    [
      2_000,
      'with long patterns of texts and gaps',
      (i) => ({ alertPattern: `(aa|ab|${i}).*${'(aa|bb|cc).*'.repeat(20)}${i}` }),
      'Most is for patterns',
    ],
    [
      4_000,
      'with texts of few characters',
      (i) => ({ when: { all: [{ not: { field: 'description', occurs: `${letters(i)}.*zzz` } }, loud] } }),
      'Most is for patterns',
    ],
    [
      6_000,
      'with a hundred conditions in each',
      (i) => ({ when: { all: [...Array.from({ length: 99 }, (_, n) => `l${n}!="${i}"`), loud] } }),
      'ask less in each rule',
    ],
    [
      10_000,
      'with conditions nested in each other',
      (i) => ({
        when: Array.from({ length: 3 }).reduce<unknown>(
          (inner, _, n) => ({ any: [`a${n}="${i}"`, { all: [`b${n}!="${i}"`, inner] }] }),
          loud,
        ),
      }),
      'ask less in each rule',
    ],
  ])(
    '%i rules %s are refused with what to do, and as many as are taken are fine',
    (count, _, conditions, words) => {
      const rules = parsedAll(many(count, conditions));
      const [burden, ...others] = burdensOf(rules);
      expect(others).toEqual([]);
      expect(burden?.message).toMatch(/^Some alert would take \d+\.\d ms .*; at most 5 are allowed/);
      expect(burden?.message).toContain(words);
      expect(burdensOf(rules.slice(0, burden?.rule))).toEqual([]);
    },
  );

  it('what it costs at worst is counted for rules that are on, and of one pattern once', () => {
    const slow = (i: number) => ({ alertPattern: `[ab]*a[ab]{${100 + (i % 20)}}c` });
    const rules = many(20, slow);
    expect(faultsOf(rules)[0]).toMatch(/^rules\.\d+\.conditions: Some alert would take/);
    expect(faultsOf(rules.map((one) => ({ ...one, enabled: false })))).toEqual([]);
    expect(faultsOf(many(1_000, () => slow(0)))).toEqual([]);
  });

  it('titles that rules set are asked again, so patterns about titles cost more', () => {
    const asking = many(40, (i) => ({ when: { field: 'title', occurs: `(a+|b)+[ab]c+x${i}?` } }));
    const setting = many(100, () => ({})).map((one, i) => ({
      ...{ ...one, continue: true, actions: { set: { title: `${i} {@title}` } } },
    }));
    expect(faultsOf(asking)).toEqual([]);
    expect(faultsOf([...setting, ...asking])[0]).toContain('ms to be matched');
  });

  it('more than 100 rules that go on are refused', () => {
    const rules = many(101, () => ({ severity: 'P2_HIGH' })).map((one) => ({ ...one, continue: true }));
    expect(faultsOf(rules)).toEqual(['rules.100.conditions: At most 100 rules may have continue: true']);
  });
});

describe('[F63] patterns of rules', () => {
  it.each([
    '(a+)+$',
    '(.*a){20}',
    '[ab]*a[ab]{400}c',
    '(\\w{1,10}){1,9}$',
    'a.*b.*c',
    `(${'a?'.repeat(200)})+z`,
  ])('%s takes at most 50 ms for a title of 64 KB', (alertPattern) => {
    expect(faultsOf([{ conditions: { alertPattern } }])).toEqual([]);
    for (const text of ['a'.repeat(65_536), 'ab'.repeat(32_768), `${'a '.repeat(32_768)}!`])
      expect(
        cpuOf(parsedAll([{ conditions: { alertPattern } }]), firing(text, { description: text })),
      ).toBeLessThan(50);
  });

  it.each([
    ['x'.repeat(10_000), '<=1000 characters'],
    ['[ab]*a[ab]{1000}c', 'takes 1006 steps for each character; at most 500'],
    ['(\\w{1,50}){1,20}$', 'lower the numbers in its braces'],
    ['(a{1,1000}){1,1000}', 'has 2000 as the sum of what it counts; at most 500'],
    ['(a{1,100}){1,100}', 'is not a pattern at character'],
    ['(?=a)b', 'is not a pattern at character 1: '],
  ])('%s is refused with the reason', (alertPattern, words) => {
    expect(faultsOf([{ conditions: { alertPattern } }]).join()).toContain(words);
  });
});
