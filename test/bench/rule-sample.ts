import type { AlertInBatch, Loaded, Received, Rule } from '../../shared/detection/index.ts';
import { ruleSchema } from '../../shared/detection/index.ts';
import { integration, org, signal } from '../support/signals.ts';

const words =
  'database connection checkout payment queue latency disk memory timeout replica primary shard kafka redis node pod cluster ingress egress api'.split(
    ' ',
  );
const teams = 40;

/** Numbers that come in the same order each time. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

/** A rule as the baseline has it: a pattern of V8 and the labels that must be there. */
export interface PlainRule {
  readonly pattern?: RegExp;
  readonly labels: Readonly<Record<string, string>>;
}

/** Rules as teams write them: half of them patterns of words, a third labels, the others both; nearly none takes an alert. */
export function someRules(count: number): {
  readonly ours: readonly Rule[];
  readonly plain: readonly PlainRule[];
} {
  const any = numbers(7);
  const both = Array.from({ length: count }, (_, i) => {
    const word = () => words[any(words.length)] ?? '';
    const pattern = i % 3 === 1 ? undefined : `${word()}.*${word()}[-_ ]?${1_000 + i}.*fail`;
    const labels: Record<string, string> =
      i % 3 === 0 ? {} : { env: i % 2 ? 'prod' : 'live', team: `team-${teams + i}` };
    const when = Object.entries(labels)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ');
    return { pattern, labels, when };
  });
  return {
    ours: both.map(({ pattern, when }, i) =>
      ruleSchema.parse({
        ...{ id: `rule-${i}`, name: `Rule ${i}` },
        conditions: { alertPattern: pattern, ...(when !== '' && { when }) },
      }),
    ),
    plain: both.map(({ pattern, labels }) => ({
      ...(pattern !== undefined && { pattern: new RegExp(pattern, 'i') }),
      labels,
    })),
  };
}

/** The alerts that are asked about; each is another object, so that nothing is known of it. */
export function someAlerts(count: number, seed = 3): readonly Received[] {
  const any = numbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const word = () => words[any(words.length)] ?? '';
    const title = `${word()} ${word()} ${word()} on ${word()}-${any(900)} fails: ${any(100)} %`;
    return {
      signal: signal(`alert ${i}`, 'firing', i % 900, {
        title,
        description:
          `The ${word()} of ${word()} has ${any(100)} of 100 ${word()}s left; ${word()} ${any(60)} s`.repeat(
            2,
          ),
        service: `service-${i}`,
        labels: {
          env: any(2) ? 'prod' : 'live',
          team: `team-${any(teams)}`,
          region: 'eu-west-1',
          pod: `pod-${any(9_999)}`,
        },
      }),
      from: { source: 'generic', integration, receipt: `r${i}`, receivedAt: 0 },
    };
  });
}

/** What each is in a batch of its own. */
export const inBatch = ({ signal: one, from }: Received): AlertInBatch => ({
  ...{ fingerprint: one.fingerprint, from },
  firings: [{ signal: one, from }],
  others: [],
});

/** What is known when nothing is. */
export const nothingKnown = (rules: readonly Rule[]): Loaded => ({
  ...{ org, rules },
  heads: new Map(),
  guards: new Map(),
  slots: new Map(),
});
