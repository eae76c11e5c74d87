import { post, type Setup } from '../setup.ts';

export const alertmanager: Setup = {
  name: 'Prometheus Alertmanager',
  where:
    'In alertmanager.yml, as the url of a receiver under webhook_configs. Keep send_resolved: true, so that incidents end by themselves.',
  trial: ({ url }) =>
    post(url, {
      version: '4',
      status: 'firing',
      alerts: [{ status: 'firing', labels: { alertname: 'Trial', service: 'trial', severity: 'warning' } }],
    }),
};
