import { post, type Setup } from '../setup.ts';

export const sentry: Setup = {
  name: 'Sentry',
  where:
    'In Sentry under Settings, Custom Integrations, as the webhook URL of a new internal integration with Alert Rule Action and the issue webhook. Then paste its Client Secret here.',
  trial: ({ url }) =>
    post(url, {
      action: 'critical',
      data: {
        description_title: 'Trial',
        metric_alert: { id: 'trial', projects: ['trial'], alert_rule: { name: 'Trial' } },
      },
    }),
};
