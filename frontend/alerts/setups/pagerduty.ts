import { post, type Setup } from '../setup.ts';

export const pagerduty: Setup = {
  name: 'PagerDuty webhooks',
  where:
    'In PagerDuty under Integrations, Generic Webhooks (v3), as the webhook URL of a new subscription. PagerDuty then shows a secret once: paste it here, so that nobody else can write to this address.',
  trial: ({ url }) =>
    post(url, {
      event: {
        event_type: 'incident.triggered',
        data: {
          id: 'TRIAL',
          type: 'incident',
          title: 'Trial',
          urgency: 'high',
          service: { summary: 'trial' },
        },
      },
    }),
};
