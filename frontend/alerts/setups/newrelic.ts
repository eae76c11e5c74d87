import { post, type Setup } from '../setup.ts';

export const newrelic: Setup = {
  name: 'New Relic',
  where:
    'In New Relic under Alerts, Destinations, as the endpoint of a webhook; then choose it as the channel of a workflow and keep its default payload.',
  trial: ({ url }) =>
    post(url, {
      id: 'trial',
      title: 'Trial',
      priority: 'MEDIUM',
      state: 'CREATED',
      impactedEntities: ['trial'],
    }),
};
