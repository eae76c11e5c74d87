import { MINUTE, minuteOf } from '../../../shared/kernel/index.ts';
import { Violation } from '../violation.ts';
import type { Invariant } from './invariant.ts';

const HOUR_MINUTES = 60;

/** How often each alert was received, when all is counted. */
export const counted: Invariant = {
  name: 'I2',
  atRest({ books, items }) {
    const expected = new Map<string, number>();
    for (const { org, receivedAt, signals } of books.queued.values())
      for (const { fingerprint } of signals) {
        const minute = minuteOf(receivedAt);
        const hour = Math.floor(minute / HOUR_MINUTES);
        const name = `O#${org}#A#${fingerprint} ${hour} ${minute % HOUR_MINUTES}`;
        expected.set(name, (expected.get(name) ?? 0) + 1);
      }
    const found = new Map<string, number>();
    for (const row of items('O#').filter(({ kind }) => kind === 'count'))
      for (const [name, value] of Object.entries(row))
        if (/^n\d+$/.test(name)) found.set(`${row.pk} ${row.hour} ${name.slice(1)}`, Number(value));
    for (const name of new Set([...expected.keys(), ...found.keys()])) {
      const [wanted = 0, got = 0] = [expected.get(name), found.get(name)];
      const at = new Date(Number(name.split(' ')[1]) * HOUR_MINUTES * MINUTE);
      if (wanted !== got) throw new Violation('I2', `counted ${got} of ${wanted} signals`, { name, at });
    }
  },
};
