import { post, type Setup } from '../setup.ts';

export const opsgenie: Setup = {
  name: 'Opsgenie and Jira Service Management webhooks',
  where:
    'In Opsgenie under Settings, Integrations, or in Jira Service Management under Operations, Integrations: add a Webhook and paste the address as its URL.',
  trial: ({ url }) =>
    post(url, {
      action: 'Create',
      alert: { alertId: 'trial', message: 'Trial', entity: 'trial', priority: 'P3' },
    }),
};
