import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, type Signal, severities, sources } from '../../../../shared/alerts/index.ts';
import { optionsInput } from '../../../../shared/alerts/options.ts';
import type { Mapping } from '../../../../shared/alerts/sources/generic/mapping.ts';
import { pointerFault, tokensOf, valueAt } from '../../../../shared/alerts/sources/generic/pointer.ts';
import { integration, receivedAt } from '../../../support/alert-fixture.ts';

const receipt = { receipt: 'req-1', receivedAt, integration };

function all(body: unknown, mapping: Mapping): readonly Signal[] {
  const translation = sources.generic.translate(body, { ...receipt, mapping });
  if ('refused' in translation) throw new Error(translation.refused.errors.join());
  return translation.signals;
}

function one(body: unknown, mapping: Mapping): Signal {
  const [signal] = all(body, mapping);
  if (signal === undefined) throw new Error('a body gives one signal');
  return signal;
}

/** What a monitoring system of another language might send. */
const storung = {
  meldung: { kopf: 'Presse steht', text: 'Kein Druck auf Leitung 2' },
  lage: 'offen',
  stufe: 'hoch',
  anlage: { name: 'Presse 7', werk: 'Nord' },
  wann: '2026-11-19T22:15:00+01:00',
  merkmale: { linie: 4, schicht: 'spät' },
  mehr: 'https://werk.example/presse-7',
  nummer: 'S-1001',
};
const german: Mapping = {
  title: '/meldung/kopf',
  description: '/meldung/text',
  state: { at: '/lage', firing: ['offen'], acknowledged: ['gesehen'], resolved: ['behoben'] },
  key: '/nummer',
  severity: { at: '/stufe', words: { Hoch: 'P1_CRITICAL', mittel: 'P3_MEDIUM' } },
  service: '/anlage/name',
  time: '/wann',
  labels: '/merkmale',
  link: '/mehr',
};

describe('a body read by a mapping', () => {
  it('says what its pointers point at', () => {
    expect(one(storung, german)).toEqual({
      fingerprint: fingerprintOf(integration, 'key', 'S-1001'),
      state: 'firing',
      at: Date.UTC(2026, 10, 19, 21, 15),
      title: 'Presse steht',
      description: 'Kein Druck auf Leitung 2',
      severity: 'P1_CRITICAL',
      service: 'presse 7',
      labels: { linie: '4', schicht: 'spät' },
      links: [{ href: 'https://werk.example/presse-7', text: 'Source' }],
      flags: [],
    });
  });

  it.each([
    ['offen', 'firing'],
    ['OFFEN ', 'firing'],
    ['gesehen', 'acknowledged'],
    ['behoben', 'resolved'],
    ['ok', 'resolved'],
    ['unklar', 'firing'],
  ])('whose state is the word %j is %s', (lage, state) => {
    expect(one({ ...storung, lage }, german).state).toBe(state);
  });

  it('takes states and severities that are numbers and truth values', () => {
    const mapping: Mapping = {
      ...{ title: '/t', state: { at: '/ok', resolved: ['true'], firing: ['false'] } },
      severity: { at: '/p', words: { 9: 'P2_HIGH' } },
    };
    expect(one({ t: 'x', ok: true, p: 9 }, mapping)).toMatchObject({
      state: 'resolved',
      severity: 'P2_HIGH',
    });
    expect(one({ t: 'x', ok: false, p: 4 }, mapping)).toMatchObject({ state: 'firing', severity: 'P4_LOW' });
  });

  it('has no other field asked for the state that it points at', () => {
    const body = { title: 'x', phase: 'running', status: 'ok' };
    expect(one(body, { state: { at: '/phase', resolved: ['done'] } }).state).toBe('firing');
    expect(one(body, { state: { at: '/none', resolved: ['done'] } }).state).toBe('resolved');
  });

  it('is read as without a mapping where nothing is pointed at, or nothing is there', () => {
    const body = { name: 'Disk full', id: 'd-1', priority: 'P2', app: 'Vault', level2: { sev: null } };
    const signal = one(body, { title: '/nothing', severity: { at: '/level2/sev' }, description: '/name' });
    expect(signal).toMatchObject({ title: 'Disk full', severity: 'P2_HIGH', service: 'vault' });
    expect(signal.fingerprint).toBe(fingerprintOf(integration, 'key', 'd-1'));
  });

  it('[F13] in which its pointers find nothing at all is kept and marked', () => {
    expect(one({ title: 'Something else' }, { title: '/meldung/kopf' })).toMatchObject({
      title: 'Something else',
      flags: ['generic', 'clock'],
    });
    expect(one('text', german).flags).toContain('generic');
  });

  it('names an alert by several places together', () => {
    const mapping: Mapping = { title: '/t', key: ['/host', '/check'] };
    const pairs = [
      { host: 'a', check: 'b' },
      { host: 'a"', check: 'b' },
      { host: 'a' },
      { check: 'a' },
      { host: 'a","b' },
    ];
    const found = pairs.map((pair) => one({ t: 'x', ...pair }, mapping).fingerprint);
    expect(new Set(found).size).toBe(pairs.length);
    expect(one({ t: 'y', host: 'a', check: 'b' }, mapping).fingerprint).toBe(found[0]);
  });
});

describe('a list in a body', () => {
  const mapping: Mapping = {
    ...{ items: '/report/alerts', title: '/what', key: '/id', state: { at: '/state' }, service: '/team' },
  };

  it('is one alert each, and what they have in common may stand around them, but never the key', () => {
    const alerts = [
      { what: 'A', id: 1, team: 'shop' },
      { what: 'B', state: 'ok' },
    ];
    const found = all({ id: 'group', team: 'web', report: { alerts } }, mapping);
    expect(found.map(({ title, service, state }) => [title, service, state])).toEqual([
      ['A', 'shop', 'firing'],
      ['B', 'web', 'resolved'],
    ]);
    expect(found[0]?.fingerprint).toBe(fingerprintOf(integration, 'key', '1'));
    expect(found[1]?.fingerprint).toBe(fingerprintOf(integration, 'title', 'b', 'web'));
  });

  it('that is empty says nothing; that is one object is one alert; that is missing is the body', () => {
    expect(all({ report: { alerts: [] } }, mapping)).toEqual([]);
    expect(all({ report: { alerts: { what: 'A' } } }, mapping)).toHaveLength(1);
    expect(all({ what: 'Whole', report: null }, mapping)).toMatchObject([{ title: 'Whole' }]);
  });

  it('[F11] of more than 2,000 is refused', () => {
    const body = { report: { alerts: Array(2_001).fill({}) } };
    expect(sources.generic.translate(body, { ...receipt, mapping })).toMatchObject({
      refused: { code: 'too_large' },
    });
  });

  it('of entries that are no objects is told by the entries', () => {
    expect(all({ faults: ['disk', 'fan'] }, { items: '/faults', title: '' })).toMatchObject([
      { title: 'disk' },
      { title: 'fan' },
    ]);
  });
});

describe('a JSON pointer', () => {
  const document = { a: [{ 'b/c': 1, 'd~e': 2, '': 3 }, [null]], 0: 'zero' };

  it.each([
    ['', document],
    ['/a/0/b~1c', 1],
    ['/a/0/d~0e', 2],
    ['/a/0/', 3],
    ['/a/1/0', null],
    ['/0', 'zero'],
    ['/a/00', undefined],
    ['/a/-', undefined],
    ['/a/length', undefined],
    ['/toString', undefined],
    ['/__proto__', undefined],
    ['/a/0/b~1c/x', undefined],
    ['a', undefined],
  ])('%j points where RFC 6901 says', (pointer, value) => {
    expect(valueAt(document, pointer)).toBe(value);
  });

  it('made of any names leads to the value under them', () => {
    const written = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), (names) => {
        const pointer = names.map((name) => `/${written(name)}`).join('');
        const whole = names.reduceRight<unknown>(
          (inner, name) => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(inner)}}`),
          7,
        );
        expect([tokensOf(pointer), pointerFault(pointer), valueAt(whole, pointer)]).toEqual([
          names,
          undefined,
          7,
        ]);
      }),
    );
  });
});

describe('any mapping with any body', () => {
  const names = fc.constantFrom('a', 'b', 'title', 'state', 'alerts', '0', '1', '__proto__', 'data', 'key');
  const pointer = fc
    .array(names, { maxLength: 3 })
    .map((tokens) => tokens.map((token) => `/${token}`).join(''));
  const words = fc.array(fc.constantFrom('ok', 'on', 'x'), { minLength: 1, maxLength: 3 });
  const mapping = fc.record(
    {
      items: pointer,
      title: pointer,
      description: pointer,
      state: fc.record({ at: pointer, resolved: words, firing: words }, { requiredKeys: ['at'] }),
      key: fc.oneof(pointer, fc.array(pointer, { minLength: 1, maxLength: 3 })),
      severity: fc.record({
        at: pointer,
        words: fc.dictionary(fc.constantFrom('x', 'on'), fc.constantFrom(...severities)),
      }),
      service: pointer,
      time: pointer,
      labels: pointer,
      link: pointer,
    },
    { requiredKeys: [] },
  );
  const { body } = fc.letrec((tie) => ({
    body: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('ok', 'on', 'https://a.example/', '\ud800'),
      fc.array(tie('body'), { maxLength: 3 }),
      fc
        .array(fc.tuple(names, tie('body')), { maxLength: 5 })
        .map((each) => JSON.parse(JSON.stringify(Object.fromEntries(each)))),
    ),
  }));

  it('[F9] [F12] gives sound signals, the same each time, and changes no prototype', () => {
    fc.assert(
      fc.property(body, mapping, (any, how) => {
        const set = optionsInput('generic').parse({ mapping: how }).mapping ?? {};
        const signals = all(any, set);
        for (const signal of signals) {
          expect(signal.fingerprint).toMatch(/^[0-9a-f]{64}$/);
          expect(signal.at).toBeLessThanOrEqual(receivedAt);
          if (signal.state === 'firing') expect(signal.title).toBeTruthy();
          expect(JSON.parse(JSON.stringify(signal))).toEqual(signal);
        }
        expect(all(structuredClone(any), set)).toEqual(signals);
      }),
      { numRuns: 500 },
    );
    expect(Reflect.get({}, 'a')).toBeUndefined();
  });
});
