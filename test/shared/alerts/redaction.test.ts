import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_KEPT, redacted } from '../../../shared/alerts/index.ts';
import { bytesIn } from '../../../shared/kernel/index.ts';

const key = '0123456789abcdef0123456789abcdef';
const of = (body: unknown) => redacted(typeof body === 'string' ? body : JSON.stringify(body), [key]).body;

describe('a body that is kept', () => {
  it('has no values of fields whose names say that they are secret, however deep, and all others', () => {
    const body = {
      title: 'Disk full',
      apiKey: 'canary1',
      config: [{ db_password: 'canary2', note: 'seen' }, { authToken: { inner: 'canary3' } }],
      routing_key: 'canary4',
      Authorization: ['canary5'],
    };
    const kept = of(body);
    expect(kept).not.toContain('canary');
    expect(JSON.parse(kept)).toMatchObject({ title: 'Disk full', config: [{ note: 'seen' }, {}] });
  });

  it('has numbers as they were sent, also those that no double holds', () => {
    const kept = of('{"id":1502709956288000110,"load":1e400,"small":12,"part":0.25}');
    expect(kept).toContain('1502709956288000110');
    expect(kept).toContain('1e400');
    expect(JSON.parse(kept)).toMatchObject({ small: 12, part: 0.25 });
  });

  it('has not the key of an address of mail, also where it was written in capitals', () => {
    const address = `${key.toUpperCase()}@alerts.example.com`;
    for (const body of [{ to: address }, `To: ${address}`]) {
      expect(of(body).toLowerCase()).not.toContain(key);
      expect(of(body)).toContain('@alerts.example.com');
    }
  });

  it('has no such values where name and value stand beside each other, in a list or an object', () => {
    const tags = [
      ['session_token', 'canary1'],
      ['browser', 'seen'],
      ['key', 'value'],
    ];
    const headers = [
      { name: 'Authorization', value: 'canary2' },
      { key: 'api_key', value: { inner: 'canary3' } },
    ];
    const kept = of({ tags, headers });
    expect(kept).not.toContain('canary');
    expect(JSON.parse(kept)).toMatchObject({
      tags: [
        ['session_token', expect.anything()],
        ['browser', 'seen'],
        ['key', 'value'],
      ],
    });
  });

  it('keeps what names the alert, which looks like a secret by its name', () => {
    const names = { key: 'disk', dedup_key: 'd', incident_key: 'i', groupKey: 'g' };
    expect(JSON.parse(of(names))).toEqual(names);
  });

  it('has no key of the address and nothing that looks like a credential, also inside texts and without JSON', () => {
    const texts = [
      { note: `posted to /webhooks/generic/${key}` },
      `not json ${key} password=canary1`,
      { description: 'curl -H "Authorization: Bearer canary1canary1"' },
      { url: 'https://user:canary1@example.com/' },
      `{"truncated": "${key}`,
    ];
    for (const text of texts) expect(of(text)).not.toMatch(new RegExp(`canary|${key}`));
  });

  it('is at most 64 KB, whole characters, and says whether it was cut', () => {
    const long = redacted(JSON.stringify({ dump: '\u{1f600}'.repeat(40_000) }), []);
    expect(bytesIn(long.body)).toBeLessThanOrEqual(BODY_KEPT);
    expect([long.cut, long.body.isWellFormed()]).toEqual([true, true]);
    expect(redacted('x'.repeat(1_000_000), []).cut).toBe(true);
    expect(redacted('{"a":1}', []).cut).toBe(false);
    const list = redacted(JSON.stringify(Array.from({ length: 10_000 }, (_, i) => ({ title: `${i}` }))), []);
    expect([bytesIn(list.body) <= BODY_KEPT, list.cut]).toEqual([true, true]);
  });

  it('of any text or JSON is made without a throw, and never with the key', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((rest) => `${rest}${key}${rest}`),
    );
    fc.assert(
      fc.property(text, (body) => {
        const kept = redacted(body, [key]);
        return !kept.body.includes(key) && bytesIn(kept.body) <= BODY_KEPT;
      }),
    );
  });
});
