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

/** The metric of faults: one for each line at level ERROR in the log of any function. None means that there was no fault. */
export const faultsMetric = 'Faults';

/** The namespace of what is counted in the logs of one system, without dimensions, by the name of its stack. */
export const logsNamespace = (systemName: string): string => `${metricsNamespace}/${systemName}`;
