/** The alert of the first description of the system, as its sender would post it. */
export const firstAlert = {
  id: 'alert-001',
  source: 'monitoring',
  title: 'High Error Rate Detected',
  description: 'API error rate exceeded 5% threshold',
  severity: 'P2_HIGH',
  timestamp: new Date().toISOString(),
  labels: { service: 'api', environment: 'production', team: 'backend' },
  annotations: {
    runbook: 'https://wiki.company.com/runbooks/high-error-rate',
    dashboard: 'https://grafana.company.com/d/api-errors',
  },
  resolved: false,
};

/** Its rule for detection. */
export const firstRule = {
  id: 'custom-database-rule',
  name: 'Database Connection Failures',
  description: 'Detect when database connections start failing',
  enabled: true,
  conditions: {
    ...{ alertPattern: 'database.*connection.*fail', threshold: 3, timeWindow: 180 },
    severity: 'P1_CRITICAL',
  },
  actions: {
    ...{ createIncident: true, assignToTeam: 'database-team', escalateAfter: 300 },
    runbook: 'database-connection-failure-runbook',
  },
};

/** What of a configuration the rule needs. */
export interface Configured {
  readonly rules: readonly object[];
  readonly policies: readonly object[];
}

/** A configuration with the rule before all others, and the team that it names. */
export function withFirstRule<Given extends Configured>(given: Given): Given {
  const team = { ...given.policies[0], id: 'database-team', name: 'Database team' };
  return { ...given, rules: [firstRule, ...given.rules], policies: [...given.policies, team] };
}
