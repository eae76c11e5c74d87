import { post, type Setup } from '../setup.ts';

export const alertmanagerApi: Setup = {
  name: 'Prometheus (Alertmanager API v2)',
  where:
    'In prometheus.yml under alerting.alertmanagers: the host of the address as a target, its path as the path_prefix. vmalert, Loki and Mimir take the whole address as the URL of an Alertmanager.',
  trial: ({ url }) =>
    post(`${url}/api/v2/alerts`, [
      { labels: { alertname: 'Trial', service: 'trial', severity: 'warning' } },
    ] as object),
};
