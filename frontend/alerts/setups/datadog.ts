import { post, type Setup } from '../setup.ts';

export const datadog: Setup = {
  name: 'Datadog',
  where:
    'In Datadog under Integrations, Webhooks, as the URL of a new webhook, with the template of docs/sources/datadog.md as its payload; then write @webhook-<name> into the messages of your monitors.',
  trial: ({ url }) =>
    post(url, {
      alert_cycle_key: 'trial',
      alert_transition: 'Triggered',
      alert_priority: 'P3',
      alert_title: 'Trial',
      tags: 'service:trial',
    }),
};
