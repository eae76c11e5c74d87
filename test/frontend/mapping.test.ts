import { describe, expect, test } from 'vitest';
import { faultAt, faultsIn, placeOfWord, repeatedIn } from '../../frontend/alerts/options/check-options.ts';
import { draftOf, type MappingDraft, mappingIn } from '../../frontend/alerts/options/mapping-draft.ts';
import { pointersIn } from '../../frontend/alerts/options/pointers.ts';
import { outcomeOf, parsed } from '../../frontend/alerts/options/trial.ts';
import { parseBody } from '../../functions/alerts/parse-body.ts';
import { generic } from '../../shared/alerts/sources/generic/index.ts';
import { integration, receivedAt } from '../support/alert-fixture.ts';

const whole = {
  ...{ items: '/report/alerts', title: '/meldung/kopf', description: '/meldung/text', time: '/wann' },
  ...{ service: '/anlage/name', labels: '', link: '/mehr', key: ['/anlage/name', '/nummer'] },
  state: { at: '/lage', firing: ['offen'], acknowledged: ['gesehen, gelesen'], resolved: ['behoben', 'weg'] },
  severity: { at: '/stufe', words: { hoch: 'P1_CRITICAL', mittel: 'P3_MEDIUM' } },
} as const;

describe('a mapping in a form', () => {
  test.each([
    whole,
    { key: '/nummer' },
    { key: ['/nummer'] },
    { title: '' },
    { state: { at: '' } },
    { severity: { at: '/stufe' } },
  ])('is saved as it was read: %j', (mapping) => {
    const kept = mappingIn(draftOf(mapping as Parameters<typeof draftOf>[0]));
    expect(kept).toEqual(mapping);
    expect(faultsIn('generic', { mapping: kept })).toEqual(new Map());
  });

  test.each([
    { title: '/kopf ', key: '/nummer ' },
    { title: '/kopf\n', key: '/a\nb' },
    { key: ['/a\nb', '/c '], items: '/ ' },
    { state: { at: '/lage ', firing: ['of\nfen'], resolved: ['weg'] } },
    { severity: { at: '/stufe\t', words: { 'ho\nch': 'P1_CRITICAL' } } },
  ] as const)('keeps what a field cannot show whole where it is not touched: %j', (mapping) => {
    const draft = draftOf(mapping);
    expect(mappingIn(draft, mapping)).toEqual(mapping);
    expect(mappingIn({ ...draft, link: ' /mehr ' }, mapping)).toEqual({ ...mapping, link: '/mehr' });
    expect(mappingIn({ ...draft, key: '/other ' }, mapping)?.key).toEqual(
      'key' in mapping && typeof mapping.key !== 'string' ? ['/other'] : '/other',
    );
  });

  test('takes away what is emptied, and keeps the rest', () => {
    const draft: MappingDraft = {
      ...draftOf(whole),
      title: '',
      firing: '',
      severityAt: '',
      severityWords: [],
    };
    const { title: _, severity: __, ...rest } = whole;
    const { firing: ___, ...state } = whole.state;
    expect(mappingIn(draft, whole)).toEqual({ ...rest, state });
  });

  test.each([
    [['hoch', 'mittel', ' HOCH '], [2]],
    [
      ['hoch', 'hoch', 'hoch'],
      [1, 2],
    ],
    [['', ' ', 'hoch', 'höher'], []],
  ])('tells which of the words %j for severities is there twice', (words, repeated) => {
    const rows = words.map((word, id) => ({ id, word, severity: 'P1_CRITICAL' as const }));
    const faults = repeatedIn(rows);
    expect(rows.filter((row) => faults.has(placeOfWord(row))).map(({ id }) => id)).toEqual(repeated);
  });

  test('in which nothing is written is none', () => expect(mappingIn(draftOf())).toBeUndefined());

  test.each([
    [
      { title: 'title' },
      'mapping.title',
      /^This is no JSON pointer: it must begin with '\/'.*be "" for the whole$/,
    ],
    [{ key: '/a\n/b~c' }, 'mapping.key', /^Line 2: This is no JSON pointer: the '~' at character 3/],
    [{ firing: 'offen' }, 'mapping.state.at', /^Point to where it is, or take its words away\.$/],
    [{ stateAt: 'lage' }, 'mapping.state.at', /must begin with/],
    [{ stateAt: '/a', resolved: `ok\n${'x'.repeat(101)}` }, 'mapping.state.resolved', /^Line 2: .*100/],
    [
      { severityAt: '/a', severityWords: [{ id: 0, word: 'x'.repeat(101), severity: 'P1_CRITICAL' }] },
      `mapping.severity.words.${'x'.repeat(101)}`,
      /./,
    ],
  ] as const)('is refused at its field as by the API: %j', (part, place, words) => {
    const draft: MappingDraft = { ...draftOf(), ...part };
    const faults = faultsIn('generic', { mapping: mappingIn(draft) });
    expect(faults.size).toBe(1);
    expect(faultAt(faults, place)).toMatch(words);
  });

  test('suggests what a body holds, from where its pointers begin', () => {
    const body = { report: { alerts: [{ 'a/b': { c: 1 } }, { later: 2 }] } };
    expect(pointersIn(body, undefined)).toContain('/report/alerts/0/a~1b/c');
    expect(pointersIn(body, '/report/alerts')).toEqual(['/a~1b', '/a~1b/c']);
    expect(pointersIn(3, undefined)).toEqual([]);
    expect(
      pointersIn(
        Array.from({ length: 1 }, () => Object.fromEntries(Array.from({ length: 500 }, (_, at) => [at, at]))),
        undefined,
      ),
    ).toHaveLength(200);
  });
});

describe('topics of Amazon SNS', () => {
  test('that are no ARN are refused in their line', () => {
    const faults = faultsIn('cloudwatch', {
      topics: ['arn:aws:sns:eu-central-1:123456789012:alarms', 'alarms'],
    });
    expect(faultAt(faults, 'topics')).toMatch(/^Line 2: Got "alarms"; allowed is the ARN of a topic/);
  });
});

describe('a body that is tried', () => {
  const at = { integration, now: receivedAt };

  test('shows the alerts that would come of it', () => {
    const body = {
      report: {
        alerts: [
          {
            lage: 'offen',
            meldung: { kopf: 'Pumpe steht' },
            stufe: 'hoch',
            anlage: { name: 'Pumpe 3' },
            nummer: 7,
          },
        ],
      },
    };
    expect(outcomeOf(body, whole, at)).toMatchObject({
      alerts: [
        {
          state: 'firing',
          title: 'Pumpe steht',
          severity: 'P1_CRITICAL',
          service: 'pumpe 3',
          flags: ['clock'],
        },
      ],
    });
  });

  test('of a form that is not right yet makes nothing fall over', () => {
    const draft = { ...draftOf(), title: 'no pointer', key: '~', items: 'x' };
    expect(outcomeOf({ title: 'Disk full' }, mappingIn(draft), at)).toHaveProperty('alerts');
  });

  test.each(['1502709956288000110', '1502709956288000111', '1e400', '7'])(
    'with the number %s shows what comes of it where it arrives, identity and all',
    async (id) => {
      const text = `{"title":"x","id":${id},"serial":${id}}`;
      const read = parsed(text);
      const shown = 'body' in read ? outcomeOf(read.body, { key: '/id' }, at) : read;
      const receipt = { receipt: '', receivedAt, integration, mapping: { key: '/id' } };
      const received = generic.translate(await parseBody(text), receipt);
      expect(shown).toEqual({ alerts: 'signals' in received ? received.signals : [] });
      expect(shown).toMatchObject({ alerts: [{ labels: { serial: id } }] });
    },
  );

  test('that is nested too deep is refused as where it arrives', () => {
    expect(parsed('['.repeat(10_000))).toMatchObject({
      fault: expect.stringMatching(/^It is nested deeper/),
    });
  });

  test('says why there is none', () => {
    expect(parsed('{')).toMatchObject({ fault: expect.stringMatching(/^This is no JSON: /) });
    expect(outcomeOf([], undefined, at)).toEqual({ fault: 'Nothing in it is an alert.' });
    expect(
      outcomeOf(
        Array.from({ length: 2_001 }, () => 1),
        undefined,
        at,
      ),
    ).toMatchObject({
      fault: expect.stringMatching(/2001|2,001|2000|2,000/),
    });
  });
});
