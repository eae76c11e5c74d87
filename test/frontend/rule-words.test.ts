import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begunFrom, formatOf, hasComment, reformatted } from '../../frontend/rules/begun.ts';
import { briefRule } from '../../frontend/rules/brief.ts';
import { checkedDraft, lineOfRule } from '../../frontend/rules/checked.ts';
import { differenceOf, listSentences } from '../../frontend/rules/difference-words.ts';
import { inPlace, underShadow } from '../../frontend/rules/put-buttons.tsx';
import { hasWords, ruleWords } from '../../frontend/rules/rule-words.ts';
import { touchedText } from '../../frontend/rules/touched-text.ts';
import { groupsOf, policyPairs } from '../../frontend/rules/trial-words.ts';
import { turned } from '../../frontend/rules/turn-button.tsx';
import { uploadIn } from '../../frontend/rules/upload.ts';
import { ruleSchema } from '../../shared/detection/index.ts';
import { parseYaml } from '../../shared/kernel/index.ts';
import { anyRules } from '../support/any-rules.ts';
import { configuredWith, trial, versions, writtenRules } from './rules-sample.ts';

const { configuration } = configuredWith(writtenRules);
const words = (rule: object) => ruleWords(ruleSchema.parse({ id: 'a', name: 'A', ...rule }));

describe('what a rule does, in words', () => {
  test('a rule that says nothing takes all, one incident for each service', () => {
    expect(words({})).toEqual([
      'Takes every alert.',
      'Opens an incident with the first of them.',
      'One incident for the same service, while it is open, and 20 min after.',
    ]);
  });

  test('conditions, counting, groups and pages are said each', () => {
    expect(words(writtenRules[1] ?? {})).toEqual([
      `Takes alerts for which env=~"prod|live" and 'database.*connection.*fail' occurs in @title.`,
      "Sets the policy to 'payments'.",
      'Opens an incident once 3 different alerts fire within 3 min.',
      'One incident for the same service and label region, while it is open, and 1 h after.',
      'Pages once they have gone on for 5 min.',
      'Goes on to the next level after 5 min each.',
      'Pages no sooner than 10 min after its last page, except about what is more severe.',
      'An alert that is not told again for 30 min ends by itself.',
    ]);
    const members = { label: 'zone', atLeast: 2 };
    expect(words({ conditions: { members } })).toContain(
      "Opens an incident once 2 values of the label 'zone' fire within 5 min.",
    );
    const group = { by: ['title-template'], mode: 'fixed', window: 3_600 };
    expect(words({ group, actions: { urgency: 'low' } }).slice(2)).toEqual([
      'One incident for the same title but for its numbers, for each stretch of 1 h.',
      'Pages nobody: it is of low urgency.',
    ]);
  });

  test('what is kept quiet opens nothing, and what goes on leaves it to those after it', () => {
    expect(words({ actions: { suppress: true } }).at(-1)).toBe(
      'Records them with the reason, without an incident.',
    );
    expect(words({ actions: { createIncident: false } }).at(-1)).toContain('without an incident');
    expect(words({ actions: { drop: true } }).at(-1)).toBe('Counts them and keeps nothing else of them.');
    expect(words(writtenRules[0] ?? {}).slice(1)).toEqual([
      "Sets the severity to P2 High, the policy to 'payments'.",
      'The rules after it are tried with that.',
    ]);
  });

  test('every rule has words, and is found by them', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        for (const rule of rules) {
          expect(ruleWords(rule).every((one) => /^[A-Z].*\.$/su.test(one))).toBe(true);
          expect(hasWords(rule, `takes ${rule.id}`)).toBe(true);
          expect(hasWords(rule, 'nowhere-to-be-found')).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a draft', () => {
  test('without what rules have anyhow is read as the same rules, in both formats', () => {
    expect(briefRule(ruleSchema.parse({ id: 'a', name: 'A' }))).toEqual({ id: 'a', name: 'A' });
    fc.assert(
      fc.property(anyRules, (any) => {
        // As the API answers: what is not there is not written.
        const rules = JSON.parse(JSON.stringify(any)) as typeof any;
        const text = begunFrom({ ...configuration, rules }, 'rules');
        expect(checkedDraft(text, 'rules', configuration).faults).toEqual([]);
        const read = (parseYaml(text) ?? []) as readonly unknown[];
        expect(read.map((one) => ruleSchema.parse(one))).toEqual(rules);
        expect(parseYaml(reformatted(text) ?? '') ?? []).toEqual(read);
      }),
      { numRuns: 50 },
    );
  });

  test('of the whole configuration begins without a fault too', () => {
    const text = begunFrom(configuration, 'configuration');
    expect(checkedDraft(text, 'configuration', configuration).faults).toEqual([]);
    expect(checkedDraft('{"rules": [], "peple": []}', 'configuration', configuration).faults).toMatchObject([
      {
        line: 1,
        column: 15,
        place: 'peple',
        message: expect.stringContaining('; allowed are people, schedules,'),
      },
    ]);
  });

  test('says at which line what is wrong, as the API would', () => {
    const faults = (text: string) => checkedDraft(text, 'rules', configuration).faults;
    expect(faults('- id: a\n  name: [')).toMatchObject([
      { line: 2, place: '', message: 'A bracket is never closed' },
    ]);
    expect(faults('- id: a\n  nme: A')).toMatchObject([
      { line: 1, place: '[0].name', message: 'is missing; expected a text' },
      {
        line: 2,
        place: '[0].nme',
        message: expect.stringContaining('no such field here; allowed are id, name,'),
      },
    ]);
    expect(faults('- { id: a, name: A }\n- { id: a, name: B, actions: { assignToTeam: x } }')).toMatchObject([
      { line: 2, place: '[1].id' },
      {
        line: 2,
        column: 32,
        place: '[1].actions.assignToTeam',
        message: "There is no policy 'x'; there is 'payments'",
      },
    ]);
    const many = checkedDraft(`[${'1,'.repeat(30)}1]`, 'rules', configuration);
    expect([many.faults.length, many.more]).toEqual([20, 11]);
    expect(faults('# nothing yet\n')).toEqual([]);
  });

  test('knows its format, its comments, and where a rule stands', () => {
    expect([formatOf('- a'), formatOf(' [{}]')]).toEqual(['YAML', 'JSON']);
    expect([hasComment('- a # b'), hasComment('- "a # b"'), hasComment('[]')]).toEqual([true, false, false]);
    expect(reformatted('[')).toBeUndefined();
    expect(lineOfRule('- id: a\n- id: b', 'b')).toBe(2);
    expect([lineOfRule('- id: a', 'b'), lineOfRule('[', 'b'), lineOfRule('a: 1', 'b')]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  test('of one rule that is turned off changes nothing else', () => {
    const { rules, ...rest } = turned(configuration, 'cron', false);
    expect(rest).toEqual({ ...configuration, rules: undefined });
    expect(rules.map(({ enabled }) => enabled)).toEqual([true, true, false, false]);
  });

  test('takes the place of the rules alone, and ends the shadow only where that is said', () => {
    const { configuration: watched } = configuredWith(writtenRules, { shadow: { rules: [] } });
    expect(inPlace(watched, 'rules', [], true)).toEqual({ ...configuration, rules: [] });
    expect(inPlace(watched, 'rules', [], false)).toMatchObject({ rules: [], shadow: { rules: [] } });
    expect(inPlace(watched, 'configuration', { rules: [] }, true)).toEqual({ rules: [] });
    expect(underShadow(configuration, 'configuration', { rules: [1] })).toEqual({
      ...configuration,
      shadow: { rules: [1] },
    });
  });
});

describe('bodies in a file', () => {
  const bodies = (text: string) => uploadIn(text, 'generic');

  test('are a list, one, or one on each line, with or without when they came', () => {
    const [a, b] = [{ body: { title: 'a' } }, { body: { title: 'b' }, receivedAt: '2026-11-28T03:00:00Z' }];
    const both = { source: 'generic', bodies: [a, b] };
    expect(bodies(JSON.stringify([{ title: 'a' }, b]))).toEqual(both);
    expect(bodies(JSON.stringify({ bodies: [a, b] }))).toEqual(both);
    expect(bodies(`${JSON.stringify({ title: 'a' })}\r\n\n${JSON.stringify(b)}\n`)).toEqual(both);
    expect(bodies('{"body":"text","title":"a"}')).toMatchObject({
      bodies: [{ body: { body: 'text', title: 'a' } }],
    });
  });

  test('that are none, or too many, are said in words', () => {
    expect(bodies('{"a":1}\nnot json')).toEqual({ fault: 'Neither the file nor its line 2 is JSON.' });
    expect(bodies('')).toEqual({ fault: 'There is nothing in the file.' });
    expect(bodies(JSON.stringify(Array(2_001).fill(1)))).toMatchObject({
      fault: expect.stringContaining('2001'),
    });
  });
});

describe('what differs', () => {
  test('is told by list, and field by field', () => {
    const after = configuredWith([
      ...writtenRules.slice(2),
      { ...writtenRules[1], name: 'DB' },
      { id: 'new', name: 'N' },
    ]);
    const difference = differenceOf(configuration, after.configuration);
    expect(listSentences(difference)).toEqual([
      'Rules: added new; changed db-connections; removed owners; in another order',
    ]);
    expect(difference.changes).toMatchObject([
      { path: 'rules[db-connections].name', before: 'Database connections', after: 'DB' },
    ]);
  });

  test('of a version is told in one line', () => {
    expect(versions.items.map(touchedText)).toEqual([
      'Touched: rules cron, owners; settings of detection',
      'Touched: rules db-connections; policies payments',
      '',
    ]);
  });

  test('of a trial stands in the order of what it costs, without what there is none of', () => {
    expect(groupsOf(trial).map(({ key, total }) => [key, total])).toEqual([
      ['missed', 2],
      ['merged', 9],
      ['severity', 1],
      ['onlyActive', 1],
    ]);
    const names = new Map([
      ['payments', 'Payments, around the clock'],
      ['ada', 'Ada Lovelace'],
    ]);
    expect(policyPairs(trial, names).map(({ name, note }) => [name, note])).toEqual([
      ['Payments, around the clock', 'reaches primary, Ada Lovelace first'],
      ['First policy', 'reaches grace first'],
      ['data', 'reaches nobody first'],
    ]);
  });
});
