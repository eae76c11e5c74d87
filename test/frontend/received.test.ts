import { describe, expect, test } from 'vitest';
import { receivedText } from '../../frontend/incidents/received.ts';
import { MINUTE, toText } from '../../shared/kernel/index.ts';

const now = Date.UTC(2026, 10, 23, 3);
const ago = (minutes: number) => toText(now - minutes * MINUTE);

describe('how often an alert was received', () => {
  test.each([
    [1, 3, 'received once, 3 min ago'],
    [2, 0, 'received 2 times, last 0 s ago'],
    [12_345, 125, 'received 12,345 times, last 2 h 5 min ago'],
  ])('%i times, %i minutes ago, is said in words', (received, minutes, words) => {
    expect(receivedText({ received, lastReceivedAt: ago(minutes) }, now)).toBe(words);
  });

  test('is not said where it is not known, or nothing is counted yet', () => {
    expect(receivedText({}, now)).toBeUndefined();
    expect(receivedText({ received: 0 }, now)).toBeUndefined();
  });
});
