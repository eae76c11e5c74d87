import { describe, expect, test } from 'vitest';
import {
  alertsAddress,
  askedAlertsIn,
  asksMore,
  isFiltered,
  queryOf,
  timeFault,
} from '../../frontend/alerts/single/asked-alerts.ts';
import { alertsApi } from '../../shared/alerts/api.ts';
import { HOUR, idOf, toText } from '../../shared/kernel/index.ts';

const now = Date.parse('2026-11-28T04:00:00Z');
const whole = new URLSearchParams([
  ...Object.entries({
    ...{ state: 'unknown', severity: 'P2_HIGH', service: 'checkout', text: 'disk full' },
    ...{
      integration: idOf('integration', now, 'a'),
      incident: 'false',
      suppressed: 'true',
      flapping: 'false',
    },
    ...{ from: '2026-11-28T03:00:00.000Z', to: '2026-11-28T03:30:00.000Z' },
  }),
  ['match', 'team="find"'],
  ['match', 'host=~"db.*"'],
]);

describe('the address of the list of alerts', () => {
  test('has the words of the API, all of them, and is read as it is written', () => {
    const {
      limit: _,
      cursor: __,
      since: ___,
      ruled: ____,
      ...filters
    } = alertsApi['list-alerts'].query.shape;
    expect([...new Set(whole.keys())].sort()).toEqual(Object.keys(filters).sort());
    const asked = askedAlertsIn(`?${whole}`);
    const address = new URLSearchParams(alertsAddress(asked).slice('/alerts?'.length));
    expect(askedAlertsIn(`?${address}`)).toEqual(asked);
    expect([...address].sort()).toEqual([...whole].sort());
    expect([...new URLSearchParams(queryOf(asked, now))].sort()).toEqual([...whole].sort());
    expect([isFiltered(asked), asksMore(asked)]).toEqual([true, true]);
  });

  test('asks for the last day unless it says otherwise, and for nothing that it does not understand', () => {
    const asked = askedAlertsIn('?state=odd&severity=x&incident=maybe&since=0&from=soon&match=');
    expect([isFiltered(asked), asksMore(asked), alertsAddress(asked)]).toEqual([false, false, '/alerts']);
    expect(queryOf(asked, now)).toBe(`from=${encodeURIComponent(toText(now - 24 * HOUR))}`);
    expect(queryOf(askedAlertsIn('?since=3'), now, { limit: '50' })).toBe(
      `from=${encodeURIComponent(toText(now - 3 * HOUR))}&limit=50`,
    );
    expect(alertsAddress(askedAlertsIn('?since=3'))).toBe('/alerts?since=3');
  });

  test('of an earlier version still asks for the same', () => {
    expect(
      ['incident', 'none', 'suppressed'].map((place) => alertsAddress(askedAlertsIn(`?place=${place}`))),
    ).toEqual(['/alerts?incident=true', '/alerts?incident=false', '/alerts?suppressed=true']);
  });
});

describe('a time that is typed', () => {
  const day = 24 * HOUR;
  const none = {};

  test('is asked for once it is one that the API allows: not while its year is half typed', () => {
    const half = Date.parse('0002-01-01T00:00');
    expect(['from', 'to'].map((name) => timeFault(name as 'from', half, none, now))).toEqual([
      'At most 400 days ago.',
      'At most 400 days ago.',
    ]);
    expect(timeFault('from', now - 400 * day, none, now)).toBeUndefined();
    expect(timeFault('from', now + 1, none, now)).toBe('That is still to come.');
    expect(timeFault('to', now + 1, none, now)).toBeUndefined();
    expect(timeFault('to', Number.NaN, none, now)).toBeUndefined();
  });

  test('is one that goes with the other', () => {
    const [from, to] = [toText(now - 9 * day), toText(now - 2 * day)];
    expect(timeFault('from', now - day, { to }, now)).toBe('It would end before it begins.');
    expect(timeFault('to', now - 10 * day, { from }, now)).toBe('It would end before it begins.');
    expect(timeFault('to', now + 400 * day, { from }, now)).toBe('At most 400 days from one to the other.');
    expect(timeFault('from', now - 9 * day, { from, to }, now)).toBeUndefined();
  });
});
