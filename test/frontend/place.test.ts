import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf, placeOf } from '../../frontend/app/place.ts';
import { isReturn, pageAfter } from '../../frontend/session/oidc-client.ts';
import { idOf } from '../../shared/kernel/index.ts';

const id = idOf('incident', 1_700_000_000_000, 'a');
const at = (address: string) => placeOf(new URL(address, 'https://console.example.com'));

describe('an address', () => {
  test.each([
    ['/', { page: 'incidents', listing: 'open' }],
    ['/incidents', { page: 'incidents', listing: 'open' }],
    ['/incidents/?state=resolved', { page: 'incidents', listing: 'resolved' }],
    ['/incidents?state=elsewhere', { page: 'incidents', listing: 'open' }],
    ['/incidents?severity=P1_CRITICAL', { page: 'incidents', listing: 'open', severity: 'P1_CRITICAL' }],
    ['/incidents?severity=__proto__', { page: 'incidents', listing: 'open' }],
    [`/incidents/${id}`, { page: 'incident', id }],
    ['/incidents/INC-7', { page: 'unknown' }],
    [`/incidents/${id}/more`, { page: 'unknown' }],
    ['/settings', { page: 'unknown' }],
  ])('%s has a place', (address, place) => {
    expect(at(address)).toEqual(place);
  });

  test('of a place leads back to it', () => {
    const places = [
      { page: 'incidents', listing: 'open' },
      { page: 'incidents', listing: 'resolved' },
      { page: 'incidents', listing: 'open', severity: 'P1_CRITICAL' },
      { page: 'incidents', listing: 'resolved', severity: 'P5_INFO' },
      { page: 'incident', id },
    ] as const;
    expect(places.map((place) => at(addressOf(place)))).toEqual(places);
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
