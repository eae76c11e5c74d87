/** One line of the API as it was promised to its users, and a body with which it can be tried. */
export interface Promised {
  readonly method: string;
  readonly path: string;
  readonly means: string;
  readonly body?: object;
}

const line = (method: string, path: string, means: string, body?: object): Promised => ({
  ...{ method, path, means },
  ...(body && { body }),
});

/** What the first description of the system promised, line by line, in an order in which each can be tried. */
export const promisedApi: readonly Promised[] = [
  line('POST', '/api/incidents', 'Create incident', { title: 'Checkout is slow', severity: 'P2_HIGH' }),
  line('GET', '/api/incidents', 'List incidents'),
  line('GET', '/api/incidents/{incident}', 'Get incident'),
  line('PATCH', '/api/incidents/{incident}', 'Update incident', { severity: 'P1_CRITICAL' }),
  line('POST', '/api/incidents/{incident}/postmortem', 'Generate post-mortem', {}),
  line('GET', '/api/incidents/{incident}/postmortem', 'Get post-mortem'),
  line('GET', '/api/postmortems/{postmortem}/markdown', 'Export as Markdown'),
  line('GET', '/api/postmortems/{postmortem}/pdf', 'Export as PDF'),
  line('POST', '/api/runbooks', 'Create runbook', {
    ...{ id: 'look-around', title: 'Look around', description: 'By hand', category: 'Operations' },
    steps: [{ id: 'look', title: 'Look', description: 'Look around', order: 1, automatable: false }],
  }),
  line('GET', '/api/runbooks', 'List runbooks'),
  line('GET', '/api/runbooks/{runbook}', 'Get runbook'),
  line('POST', '/api/runbooks/{runbook}/execute', 'Execute runbook', {}),
  line('GET', '/api/status', 'Get status page data'),
  line('GET', '/api/status/public', 'Get public status data'),
  line('POST', '/api/status/subscribe', 'Subscribe to updates', { email: 'reader@example.com' }),
  line('GET', '/api/metrics/mttr', 'Get MTTR metrics'),
  line('GET', '/api/metrics/dashboard', 'Get dashboard data'),
  line('POST', '/api/metrics/targets', 'Update MTTR targets', {
    severity: { P1_CRITICAL: 7_200_000, P2_HIGH: 14_400_000 },
    overall: 21_600_000,
  }),
  line('DELETE', '/api/incidents/{incident}', 'Delete incident'),
];
