import { post, type Setup } from '../setup.ts';

export const grafana: Setup = {
  name: 'Grafana',
  where:
    'In Grafana under Alerting, Contact points, as the URL of a contact point of the kind Webhook. Leave "Disable resolved message" off, so that incidents end by themselves.',
  trial: ({ url }) =>
    post(url, {
      version: '1',
      status: 'firing',
      alerts: [{ status: 'firing', labels: { alertname: 'Trial', service: 'trial', severity: 'warning' } }],
    }),
};
