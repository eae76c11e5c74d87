import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messagesOf } from '../../../functions/alerts/messages.ts';
import { fingerprintOf, type Signal } from '../../../shared/alerts/index.ts';
import { integration, receivedAt } from '../../support/alert-fixture.ts';
import { org } from './world.ts';

const head = { org, integration, source: 'generic', receipt: 'rcp-1', receivedAt } as const;

const signal = (text: string, place = 0): Signal => ({
  fingerprint: fingerprintOf(integration, 'key', String(place)),
  state: 'firing',
  at: receivedAt,
  title: 't',
  labels: { text },
  links: [],
  flags: [],
});

describe('the messages of one POST', () => {
  it('is one as a rule, and none when nothing was said', () => {
    expect(messagesOf(head, { signals: [signal('a'), signal('b', 1)] })).toHaveLength(1);
    expect(messagesOf(head, { signals: [] })).toEqual([]);
  });

  it('are several when one would be too large: all signals in order, each below 350 KB and a bit, each receipt once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 20 }), (sizes) => {
        const signals = sizes.map((size, place) => signal('é'.repeat(size / 2), place));
        const messages = messagesOf(head, { signals });
        expect(messages.flatMap((message) => (message.kind === 'signals' ? message.signals : []))).toEqual(
          signals,
        );
        for (const message of messages)
          expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(360_000);
        expect(new Set(messages.map(({ receipt }) => receipt)).size).toBe(messages.length);
        expect(messages.length).toBeLessThanOrEqual(
          1 + (2 * sizes.reduce((a, b) => a + b + 400, 0)) / 350_000,
        );
      }),
      { numRuns: 40 },
    );
  });
});
