/** One line of the API as it was promised to its users, a body with which it can be tried, and what its answer then has. */
export interface Promised {
  readonly method: string;
  readonly path: string;
  readonly means: string;
  readonly body?: object;
  /** What the answer must have: parts of its JSON, or words of its text. */
  readonly has: object | string;
}

const line = (
  method: string,
  path: string,
  means: string,
  has: Promised['has'],
  body?: object,
): Promised => ({
  ...{ method, path, means, has },
  ...(body && { body }),
});

const title = 'Checkout is slow';
const targets = { severity: { P1_CRITICAL: 7_200_000, P2_HIGH: 14_400_000 }, overall: 21_600_000 };
const runbook = {
  ...{ id: 'look-around', title: 'Look around', description: 'By hand', category: 'Operations' },
  steps: [{ id: 'look', title: 'Look', description: 'Look around', order: 1, automatable: false }],
};

/** What the first description of the system promised, line by line, in an order in which each can be tried. */
export const promisedApi: readonly Promised[] = [
  line(
    'POST',
    '/api/incidents',
    'Create incident',
    { title, state: 'triggered', severity: 'P2_HIGH' },
    {
      ...{ title, severity: 'P2_HIGH', service: 'checkout' },
    },
  ),
  line('GET', '/api/incidents', 'List incidents', title),
  line('GET', '/api/incidents/{incident}', 'Get incident', { title, service: 'checkout' }),
  line(
    'PATCH',
    '/api/incidents/{incident}',
    'Update incident',
    { title, severity: 'P1_CRITICAL' },
    {
      severity: 'P1_CRITICAL',
    },
  ),
  line(
    'POST',
    '/api/incidents/{incident}/postmortem',
    'Generate post-mortem',
    { title, status: 'draft' },
    {},
  ),
  line('GET', '/api/incidents/{incident}/postmortem', 'Get post-mortem', { title, version: 1 }),
  line('GET', '/api/postmortems/{postmortem}/markdown', 'Export as Markdown', '# Post-mortem of INC-'),
  line('GET', '/api/postmortems/{postmortem}/pdf', 'Export as PDF', '%PDF-'),
  line('POST', '/api/runbooks', 'Create runbook', { id: 'look-around', title: 'Look around' }, runbook),
  line('GET', '/api/runbooks', 'List runbooks', 'look-around'),
  line('GET', '/api/runbooks/{runbook}', 'Get runbook', { id: 'look-around', title: 'Look around' }),
  line('POST', '/api/runbooks/{runbook}/execute', 'Execute runbook', { runbook: 'look-around' }, {}),
  line('GET', '/api/status', 'Get status page data', 'Checkout'),
  line('GET', '/api/status/public', 'Get public status data', 'Checkout'),
  line('POST', '/api/status/subscribe', 'Subscribe to updates', {}, { email: 'reader@example.com' }),
  line('POST', '/api/metrics/targets', 'Update MTTR targets', {}, targets),
  line('GET', '/api/metrics/mttr', 'Get MTTR metrics', 'mttr'),
  line('GET', '/api/metrics/dashboard', 'Get dashboard data', '21600000'),
  line('DELETE', '/api/incidents/{incident}', 'Delete incident', {}),
];
