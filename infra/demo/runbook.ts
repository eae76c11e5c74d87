import type { ApiClient } from './api-client.ts';

/** The runbook that the demo's rule about databases names. The demo reaches nothing outside, so people do its steps. */
export const demoRunbook = {
  id: 'database-connection-failure-runbook',
  title: 'Database connection failures',
  description: 'What to do when services cannot connect to their database',
  category: 'Database',
  tags: ['shop', 'database'],
  steps: [
    {
      ...{ id: 'look', title: 'Count the connections', order: 1 },
      description: 'Is the pool exhausted, or does the database refuse?',
    },
    { id: 'decide', title: 'Decide on a failover', command: 'approval:Shall we fail over?', order: 2 },
    { id: 'settle', title: 'Let connections settle', command: 'wait:1m', order: 3 },
    { id: 'verify', title: 'Verify that checks are green', order: 4 },
  ],
  triggers: { alertPatterns: ['database.*connection', 'connection.*refused'], conditions: [] },
  metadata: { estimatedTime: 10, skillLevel: 'intermediate' },
  // Who tries this out is alone.
  selfApproval: true,
  test: [
    {
      name: 'all goes well',
      expect: { steps: ['look', 'decide', 'settle', 'verify'], outcome: 'succeeded' },
    },
    {
      name: 'nobody wants the failover',
      given: { steps: { decide: { outcome: 'refused' } } },
      expect: { steps: ['look', 'decide'], outcome: 'cancelled' },
    },
  ],
};

/** Saves the demo's runbook, unless it is there. */
export async function ensureRunbook(call: ApiClient): Promise<void> {
  const { body } = await call('GET', '/api/runbooks');
  const known = (body.items as readonly { readonly id: string }[]).some(({ id }) => id === demoRunbook.id);
  if (!known) await call('POST', '/api/runbooks', demoRunbook);
}
