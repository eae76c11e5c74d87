/** The namespace of the metrics that the system emits itself, each with the dimension `service`: the name of its stack. */
export const metricsNamespace = 'IncidentManagement';

/**
 * The metrics: each counts by its samples that something happened, and measures by its value how long that took. Both are
 * emitted every minute, so that a missing one is an alarm.
 */
export const metrics = {
  /** Milliseconds from the beginning of a sweep to its last line. */
  SweepFinished: 'Milliseconds',
  /** Seconds from posting the canary's alert to the fact that opened its incident. */
  CanaryBecameIncident: 'Seconds',
} as const;

export type MetricName = keyof typeof metrics;
