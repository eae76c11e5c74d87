import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidentsAddress, wantedIn } from '../../frontend/app/addresses.ts';
import { isReturn, pageAfter } from '../../frontend/session/oidc-client.ts';

describe('the address of a list', () => {
  test.each([
    ['', { listing: 'open' }],
    ['?state=resolved', { listing: 'resolved' }],
    ['?state=elsewhere', { listing: 'open' }],
    ['?severity=P1_CRITICAL', { listing: 'open', severity: 'P1_CRITICAL' }],
    ['?severity=__proto__', { listing: 'open' }],
    ['?state=triggered&service=checkout', { listing: 'triggered', service: 'checkout' }],
    ['?text=%20disk%20full%20', { listing: 'open', text: 'disk full' }],
    ['?service=&text=%20', { listing: 'open' }],
  ])('%s asks for a list', (search, wanted) => {
    expect(wantedIn(search)).toEqual(wanted);
  });

  test('asks for what it was made of', () => {
    const all = [
      { listing: 'open' },
      { listing: 'resolved' },
      { listing: 'open', severity: 'P1_CRITICAL' },
      { listing: 'resolved', severity: 'P5_INFO' },
      { listing: 'acknowledged', service: 'a & b', text: '100 % full?' },
    ] as const;
    const back = (address: string) => wantedIn(new URL(address, 'https://console.example.com').search);
    expect(all.map((wanted) => back(incidentsAddress(wanted)))).toEqual(all);
  });
});

describe('coming back from the issuer', () => {
  const back = (address: string) => isReturn(new URL(address, 'https://console.example.com'));

  test('is seen by a code or a refusal with its state, on the first page only', () => {
    expect(back('/?code=a&state=b')).toBe(true);
    expect(back('/?error=access_denied&state=b')).toBe(true);
    expect(back('/incidents?state=resolved')).toBe(false);
    expect(back('/?state=resolved')).toBe(false);
  });

  test('never leads to another site', () => {
    expect(pageAfter('/incidents?state=resolved')).toBe('/incidents?state=resolved');
    const bad = [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      'https://evil.example',
      7,
      undefined,
    ];
    expect(bad.map(pageAfter)).toEqual(bad.map(() => '/'));
    fc.assert(
      fc.property(fc.string(), (wanted) => {
        const here = 'https://console.example.com';
        expect(new URL(pageAfter(`/${wanted}`), here).origin).toBe(here);
      }),
    );
  });
});
