import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_KEPT, masked } from '../../../shared/kernel/index.ts';

describe('[F51] an output', () => {
  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'Authorization: Bearer abcdef0123456789',
    'password=hunter2-canary',
    '{"clientSecret": "canary \\" canary"}',
    "api_key: 'canary'",
    'postgres://user:canary@db.example.com/x',
    'name: DB_PASSWORD\n          value: canary',
    '- name: API_TOKEN\n  value: "canary canary"',
    '{"name":"DB_PASSWORD","value":"canary \\" canary"}',
    '{"name": "app.client-secret.v2", "value": "canary"}',
    '{"value":"canary","name":"DB_PASSWORD"}',
    'ghp_canary0123456789',
    'eyJhbGciOiJIUzI1NiJ9.canaryPayload.canarySignature',
    'k8s-aws-v1.canary',
    '-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\ncanary and cut',
  ])('has nothing that looks like a secret: %s', (text) => {
    const shown = masked(`before ${text}\nafter`);
    expect(shown).not.toMatch(/canary|IOSFODNN7|hunter2|abcdef0123/);
    expect(shown).toMatch(/^before /);
    expect(shown).toContain('[masked]');
  });

  it('keeps pairs of a name and a value that are no secret', () => {
    const plain = 'name: LOG_LEVEL\n  value: debug\n{"name":"PORT","value":"8080"}';
    expect(masked(plain)).toBe(plain);
  });

  it('has no codes of a terminal, and keeps its lines', () => {
    expect(masked('\u001b[31mred\u001b[0m\r\n[INFO] ok\u0007\u202e')).toBe('red\n[INFO] ok');
  });

  it('of 5 MB is cut, in no time', () => {
    const begun = performance.now();
    for (const text of [
      'x'.repeat(5_000_000),
      'eyJ-'.repeat(1_000_000),
      'token='.repeat(900_000),
      '://:'.repeat(900_000),
      'name="secret","value"="'.repeat(200_000),
      'name:token '.repeat(400_000),
      `name:${'secret'.repeat(9)} `.repeat(90_000),
      'value=name='.repeat(400_000),
      `value="${'x'.repeat(60)}" name=${'secre'.repeat(12)}`.repeat(40_000),
    ])
      expect(Buffer.byteLength(masked(text))).toBeLessThanOrEqual(MOST_KEPT);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('of whatever kind is text that can be stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4_000 }), (text) => {
        const shown = masked(text);
        expect(shown.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(MOST_KEPT);
      }),
    );
  });
});
