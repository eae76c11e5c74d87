import { textOf } from './reading.ts';

/** From the most to the least urgent. P1 to P3 page somebody; P4 and P5 are recorded. */
export const severities = ['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P4_LOW', 'P5_INFO'] as const;
export type Severity = (typeof severities)[number];

/** The severity as this version knows it: a word of a newer version is shown and counted as the most urgent, as it pages. */
export function knownSeverity(stored: Severity): Severity {
  return severities.includes(stored) ? stored : 'P1_CRITICAL';
}

/** The more urgent of two. */
export function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b;
}

/** Whether `a` is more urgent than `b`. */
export function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

const words: Readonly<Record<Severity, string>> = {
  P1_CRITICAL:
    'p0 s0 sev0 p1 s1 1 sev1 critical crit fatal emergency emerg page panic highest disaster blocker',
  P2_HIGH: 'p2 s2 2 sev2 high error err major severe urgent',
  P3_MEDIUM: 'p3 s3 3 sev3 medium moderate average warning warn',
  P4_LOW: 'p4 s4 4 sev4 low minor notice',
  P5_INFO: 'p5 s5 5 sev5 info informational information none debug ok',
};

const byWord = new Map(
  severities.flatMap((severity) => words[severity].split(' ').map((word) => [word, severity])),
);

/**
 * The severity that a source's own word means: `critical`, `P2`, `sev-1`, `Warning`, a number from 1 to 5. Scales that begin at 0 have their `P0` beside our P1. Absent for a word
 * that means nothing to us, so that a rule or the default decides. Source: the severity scales of Alertmanager rules, PagerDuty, Datadog, Opsgenie.
 */
export function severityOf(said: unknown): Severity | undefined {
  const tokens = (textOf(said) ?? '')
    .slice(0, 64)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  return byWord.get(tokens.join('')) ?? byWord.get(tokens[0] ?? '');
}
