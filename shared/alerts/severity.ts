/** From the most to the least urgent. P1 to P3 page somebody; P4 and P5 are recorded. */
export const severities = ['P1_CRITICAL', 'P2_HIGH', 'P3_MEDIUM', 'P4_LOW', 'P5_INFO'] as const;
export type Severity = (typeof severities)[number];

/** The more urgent of two. */
export function worse(a: Severity, b: Severity): Severity {
  return severities.indexOf(a) <= severities.indexOf(b) ? a : b;
}

/** Whether `a` is more urgent than `b`. */
export function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}
