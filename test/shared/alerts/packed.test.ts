import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentName,
  contentOf,
  type KeptSignal,
  keptByMinute,
  lineOf,
  namesElsewhere,
  packSignals,
  type Signal,
  type SignalsMessage,
  severities,
  signalFlags,
  signalStates,
  unpackLines,
  unpackSignals,
} from '../../../shared/alerts/index.ts';
import { epoch, fingerprint, integration, org } from '../../support/signals.ts';

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined });

const anySignal: fc.Arbitrary<Signal> = fc
  .record({
    fingerprint: fc.oneof(fc.constantFrom('a', 'b', 'c').map(fingerprint), text),
    state: fc.constantFrom(...signalStates),
    at: fc.integer({ min: epoch - 10_000_000, max: epoch }),
    lasts: maybe(fc.integer({ min: 0, max: 1_000_000 })),
    unacknowledged: maybe(fc.constant(true as const)),
    title: maybe(text),
    description: maybe(text),
    severity: maybe(fc.constantFrom(...severities)),
    service: maybe(text),
    labels: fc.dictionary(text, text, { noNullPrototype: true }),
    flags: fc.uniqueArray(fc.constantFrom(...signalFlags)),
  })
  .map(({ lasts, ...signal }) => ({
    ...withoutNothing(signal),
    ...(lasts !== undefined && { until: signal.at + lasts }),
    links: [],
  }));

const withoutNothing = <Value extends object>(value: Value): Signal =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as unknown as Signal;

const anyMessage: fc.Arbitrary<SignalsMessage> = fc.record({
  kind: fc.constant('signals' as const),
  org: fc.constant(org),
  integration: fc.constantFrom(integration, 'int_02TEST' as const),
  source: fc.constantFrom('generic' as const, 'heartbeat' as const, 'datadog' as const),
  receipt: fc.oneof(fc.uuid(), text),
  receivedAt: fc.integer({ min: epoch, max: epoch + 100_000 }),
  signals: fc.array(anySignal, { minLength: 1, maxLength: 5 }),
});

const keptOf = (messages: readonly SignalsMessage[]): readonly KeptSignal[] =>
  [...keptByMinute(messages).values()].flat();

const throughText = (packed: ReturnType<typeof packSignals>) => ({
  body: JSON.parse(JSON.stringify(packed.body)) as typeof packed.body,
  ids: packed.ids,
});

describe('signals that are kept', () => {
  it('come back as they were, whatever they say', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 6 }), (messages) => {
        const kept = keptOf(messages);
        expect(unpackSignals(throughText(packSignals(kept)), new Map())).toEqual(kept);
      }),
    );
  });

  it('come back also when what they say is kept elsewhere, and can be counted without it', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 6 }), (messages) => {
        const kept = keptOf(messages);
        const contents = new Map(
          kept.map(({ signal }) => [contentName(contentOf(signal)), contentOf(signal)]),
        );
        const packed = throughText(packSignals(kept, contentName));
        expect(new Set(namesElsewhere(packed))).toEqual(new Set(contents.keys()));
        expect(unpackSignals(packed, contents)).toEqual(kept);
        expect(unpackLines(packed).map(lineOf)).toEqual(kept.map(lineOf));
      }),
    );
  });

  it('are left out when what they say is not there any more: nothing is made up', () => {
    const [message] = fc.sample(anyMessage, 1);
    const kept = keptOf(message ? [message] : []);
    const [first] = kept.map(({ signal }) => contentOf(signal));
    const packed = packSignals(kept, (content) =>
      first && contentName(content) === contentName(first) ? contentName(content) : undefined,
    );
    const others = kept.filter(
      ({ signal }) => first && contentName(contentOf(signal)) !== contentName(first),
    );
    expect(unpackSignals(packed, new Map())).toEqual(others);
  });

  it('of the system itself belong to no integration that sends', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const lines = keptOf([{ ...message, own: true }]).map(lineOf);
        expect(lines.every((line) => !('integration' in line))).toBe(true);
      }),
    );
  });
});
