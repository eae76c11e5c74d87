import { describe, expect, it } from 'vitest';
import { layerSchema } from '../../../shared/on-call/index.ts';
import { turnAt } from '../../../shared/on-call/rotation.ts';

/**
 * Each case was worked out by hand: in a zone, from a first hand-off on, every so many days, Ann, Bob, Cid and Dan take turns;
 * at an instant, this one is on call.
 */
const cases = `
Europe/Zurich         2026-03-23 09:00 week  2026-03-30T06:59Z ann  the week of summer time is an hour shorter
Europe/Zurich         2026-03-23 09:00 week  2026-03-30T07:00Z bob
Europe/Zurich         2026-10-19 09:00 week  2026-10-26T07:30Z ann  the week of winter time is an hour longer
Europe/Zurich         2026-10-19 09:00 week  2026-10-26T08:00Z bob
Europe/Zurich         2026-03-28 02:30 day   2026-03-29T01:29Z ann  02:30 is leapt over, so it is 03:30
Europe/Zurich         2026-03-28 02:30 day   2026-03-29T01:30Z bob
Europe/Zurich         2026-03-28 02:30 day   2026-03-30T00:29Z bob
Europe/Zurich         2026-03-28 02:30 day   2026-03-30T00:30Z cid
Europe/Zurich         2026-10-24 02:30 day   2026-10-25T00:29Z ann  02:30 comes twice, and the first counts
Europe/Zurich         2026-10-24 02:30 day   2026-10-25T00:30Z bob
Europe/Zurich         2026-10-24 02:30 day   2026-10-25T01:15Z bob  it is 02:15 again
Europe/Zurich         2026-10-24 02:30 day   2026-10-26T01:29Z bob
Europe/Zurich         2026-10-24 02:30 day   2026-10-26T01:30Z cid
Europe/Zurich         2026-03-28 00:00 day   2026-03-29T21:59Z bob  a day of 23 hours, from midnight
Europe/Zurich         2026-03-28 00:00 day   2026-03-29T22:00Z cid
Europe/Zurich         2020-01-06 09:00 week  2026-11-02T07:59Z dan  355 weeks later
Europe/Zurich         2020-01-06 09:00 week  2026-11-02T08:00Z ann  356 weeks later
America/New_York      2026-03-07 02:30 day   2026-03-08T07:29Z ann  02:30 is leapt over
America/New_York      2026-03-07 02:30 day   2026-03-08T07:30Z bob
America/New_York      2026-03-07 02:30 day   2026-03-09T06:29Z bob
America/New_York      2026-03-07 02:30 day   2026-03-09T06:30Z cid
America/New_York      2026-10-31 01:30 day   2026-11-01T05:29Z ann  01:30 comes twice
America/New_York      2026-10-31 01:30 day   2026-11-01T05:30Z bob
America/New_York      2026-10-31 01:30 day   2026-11-01T06:15Z bob
America/New_York      2026-10-31 01:30 day   2026-11-02T06:30Z cid
Australia/Lord_Howe   2026-10-03 02:15 day   2026-10-03T15:44Z ann  half an hour is leapt over
Australia/Lord_Howe   2026-10-03 02:15 day   2026-10-03T15:45Z bob
Australia/Lord_Howe   2026-10-03 02:15 day   2026-10-04T15:15Z cid
Australia/Lord_Howe   2026-04-04 01:45 day   2026-04-04T14:44Z ann  half an hour comes twice
Australia/Lord_Howe   2026-04-04 01:45 day   2026-04-04T14:45Z bob
Australia/Lord_Howe   2026-04-04 01:45 day   2026-04-04T15:14Z bob
Australia/Lord_Howe   2026-04-04 01:45 day   2026-04-05T15:14Z bob
Australia/Lord_Howe   2026-04-04 01:45 day   2026-04-05T15:15Z cid
Pacific/Apia          2011-12-28 09:00 day   2011-12-30T18:59Z bob  30 December 2011 does not exist there
Pacific/Apia          2011-12-28 09:00 day   2011-12-30T19:00Z dan  so the turn of Cid is no time
Pacific/Apia          2011-12-28 09:00 day   2011-12-31T18:59Z dan
Pacific/Apia          2011-12-28 09:00 day   2011-12-31T19:00Z ann
Pacific/Apia          2011-12-23 09:00 week  2011-12-30T18:59Z ann  a hand-off on the day that does not exist
Pacific/Apia          2011-12-23 09:00 week  2011-12-30T19:00Z bob
Asia/Kathmandu        2026-05-01 09:00 day   2026-05-02T03:14Z ann  5 hours and 45 minutes
Asia/Kathmandu        2026-05-01 09:00 day   2026-05-02T03:15Z bob
Asia/Kolkata          2026-05-01 00:00 day   2026-04-30T18:29Z -    before the first hand-off
Asia/Kolkata          2026-05-01 00:00 day   2026-04-30T18:30Z ann  5 hours and 30 minutes
Asia/Kolkata          2026-05-01 00:00 day   2026-05-01T18:30Z bob
America/Santiago      2026-09-05 00:00 day   2026-09-06T03:59Z ann  midnight is leapt over
America/Santiago      2026-09-05 00:00 day   2026-09-06T04:00Z bob
America/Santiago      2026-09-05 00:00 day   2026-09-07T03:00Z cid
America/Santiago      2026-04-04 00:00 day   2026-04-05T03:30Z ann  the hour before midnight comes twice
America/Santiago      2026-04-04 00:00 day   2026-04-05T04:00Z bob
America/Santiago      2026-04-03 23:30 day   2026-04-05T02:30Z bob
America/Santiago      2026-04-03 23:30 day   2026-04-05T03:15Z bob  23:15 again, after the hand-off at the first 23:30
America/Santiago      2026-04-03 23:30 day   2026-04-06T03:30Z cid
Africa/Cairo          2024-04-25 00:00 day   2024-04-25T21:59Z ann  midnight is leapt over
Africa/Cairo          2024-04-25 00:00 day   2024-04-25T22:00Z bob
Africa/Cairo          2024-04-25 00:00 day   2024-04-26T21:00Z cid
Pacific/Chatham       2026-09-26 03:00 day   2026-09-26T14:14Z ann  12:45 becomes 13:45
Pacific/Chatham       2026-09-26 03:00 day   2026-09-26T14:15Z bob
Pacific/Chatham       2026-09-26 03:00 day   2026-09-27T13:15Z cid
America/St_Johns      2026-03-07 09:00 day   2026-03-08T11:29Z ann  3 hours and 30 minutes become 2 and 30
America/St_Johns      2026-03-07 09:00 day   2026-03-08T11:30Z bob
Europe/London         2024-02-28 09:00 day   2024-02-29T09:00Z bob  29 February is a day
Europe/London         2024-02-28 09:00 day   2024-03-01T09:00Z cid
Europe/London         2025-02-28 09:00 day   2025-03-01T09:00Z bob  no 29 February
Europe/London         2024-02-28 09:00 2     2024-03-01T08:59Z ann  every two days over it
Europe/London         2024-02-28 09:00 2     2024-03-01T09:00Z bob
Europe/London         2024-02-29 09:00 week  2024-03-07T09:00Z bob  begun on it
UTC                   2026-01-01 12:00 3     2026-01-04T11:59Z ann  every three days
UTC                   2026-01-01 12:00 3     2026-01-13T12:00Z ann  all four had their turn
UTC                   2026-01-01 00:00 day   2026-01-02T00:00Z bob  midnight is 00:00, never 24:00
`
  .trim()
  .split('\n')
  .map((row) => {
    const [timeZone = '', startDate = '', handOff = '', every = '', at = '', expected = '', ...why] =
      row.split(/\s+/);
    return { timeZone, startDate, handOff, every, at, expected, why: why.join(' ') };
  });

describe('[F37] [M7] [C6] whose turn it is, by what the wall shows', () => {
  it('is tried in more than 40 cases in 10 zones', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ timeZone }) => timeZone)).size).toBeGreaterThanOrEqual(10);
  });

  it.each(cases)('$timeZone, from $startDate $handOff every $every: at $at $expected. $why', (row) => {
    const { timeZone, startDate, handOff, every, at, expected } = row;
    const people = ['ann', 'bob', 'cid', 'dan'];
    const days = /^\d+$/.test(every) ? Number(every) : every;
    const layer = layerSchema.parse({ people, startDate, handOff, every: days });
    expect(turnAt(layer, timeZone, Date.parse(at)) ?? '-').toBe(expected);
  });
});
