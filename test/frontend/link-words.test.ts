import { describe, expect, test } from 'vitest';
import {
  kindText,
  mergeWords,
  possibleLinks,
  splitWords,
} from '../../frontend/incidents/links/link-words.ts';
import { splitFault } from '../../frontend/incidents/links/split-form.tsx';
import { candidatesFor, MOST_SHOWN } from '../../frontend/incidents/links/use-candidates.ts';
import { open, resolved } from './sample.ts';

const side = (name: string, severity: 'P1_CRITICAL' | 'P3_MEDIUM', state = 'triggered') =>
  ({ name, severity, state }) as const as Parameters<typeof mergeWords>[0];
const [worse, milder] = [side('INC-1', 'P1_CRITICAL'), side('INC-2', 'P3_MEDIUM', 'acknowledged')];

describe('what a link does, in words', () => {
  test('only what is open is merged, either way round', () => {
    expect(possibleLinks(worse, milder)).toEqual(['merge-other', 'merge-this', 'relate']);
    expect(possibleLinks(worse, side('INC-3', 'P3_MEDIUM', 'resolved'))).toEqual(['relate']);
  });

  test('a merge says whose escalation stops, and that the one that stays may become more severe', () => {
    expect(mergeWords(worse, milder)).toEqual([
      'INC-1 is resolved and leads to INC-2. Its escalation stops.',
      'Alerts of INC-1 come into INC-2 from now on, those that go on as soon as they are told again.',
      'INC-2 becomes P1 Critical and escalates as that.',
      'A merge is not undone; alerts can be split off again.',
    ]);
    expect(mergeWords(milder, worse)).toContain('INC-1 stays as it is: P1 Critical, triggered.');
    expect(mergeWords({ ...worse, urgency: 'low' }, milder).join(' ')).toContain('INC-2 stays as it is');
  });

  test('a split says how severe the new one is and whether it pages', () => {
    const firing = { severity: 'P3_MEDIUM', state: 'firing' } as const;
    expect(splitWords(worse, [firing])[0]).toBe(
      'A new incident, P3 Medium, takes this alert. It is new and pages.',
    );
    expect(splitWords(milder, [firing, { ...firing, severity: 'P1_CRITICAL' }])[0]).toBe(
      'A new incident, P1 Critical, takes these 2 alerts. It counts as acknowledged, as this one does.',
    );
    expect(splitWords(worse, [{ ...firing, severity: 'P4_LOW' }])[0]).toContain('It pages nobody.');
    expect(splitWords(worse, [{ ...firing, state: 'resolved' }])[0]).toContain('over at once');
    expect(splitWords(worse, [])).toEqual([]);
  });

  test('one alert at least stays, and 20 leave at most', () => {
    expect([splitFault(1, 2), splitFault(20, 30)]).toEqual([undefined, undefined]);
    expect(splitFault(2, 2)).toContain('leave one in it');
    expect(splitFault(21, 30)).toContain('At most 20');
  });

  test('who says that two are related is told', () => {
    expect(kindText({})).toBe('Said by somebody');
    expect(kindText({ score: 0.424 })).toBe('Found by correlation, 42 % sure');
  });
});

describe('what another incident is picked from', () => {
  const own = open[0]?.id ?? '';
  const all = [...open, ...resolved];
  const names = (asked: Partial<Parameters<typeof candidatesFor>[1]>) =>
    candidatesFor(all, { own, text: '', chosen: '', ...asked }).shown.map(({ name }) => name);

  test('all but itself and what went on elsewhere, by number or words', () => {
    expect(names({})).not.toContain('INC-128');
    expect(names({ text: 'inc-126' })).toEqual(['INC-126']);
    expect(names({ text: 'certificate' })).toEqual(['INC-124']);
    const merged = resolved.map((one) => ({ ...one, mergedInto: one.id }));
    expect(candidatesFor(merged, { own, text: '', chosen: '' }).shown).toEqual([]);
  });

  test('what is picked stays, whatever is looked for after that', () => {
    expect(names({ text: 'certificate', chosen: resolved[0]?.id ?? '' })).toEqual(['INC-126', 'INC-124']);
  });

  test('a few are shown, and how many more there are', () => {
    const many = Array.from(
      { length: 9 },
      (_, i) => ({ ...open[1], id: `inc_${i}` }) as (typeof open)[number],
    );
    const { shown, more } = candidatesFor(many, { own, text: '', chosen: '' });
    expect([shown.length, more]).toEqual([MOST_SHOWN, 9 - MOST_SHOWN]);
  });
});
