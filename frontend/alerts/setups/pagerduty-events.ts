import { post, type Setup } from '../setup.ts';

export const pagerdutyEvents: Setup = {
  name: 'PagerDuty Events v2',
  where:
    'Wherever the sender asks for a PagerDuty integration key, paste the routing key; and as the address of events, instead of events.pagerduty.com, the address.',
  trial: ({ url, routingKey = '' }) =>
    post(url, {
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: 'trial',
      payload: { summary: 'Trial', source: 'trial', severity: 'warning' },
    }),
};
