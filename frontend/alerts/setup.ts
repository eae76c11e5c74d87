import type { Source } from '../../shared/alerts/signal.ts';
import type { NewIntegration } from './use-integrations.ts';

/** How a source is set up: what it is called, where its address or key belongs, and a line to try it with. */
interface Setup {
  readonly name: string;
  readonly where: string;
  /** A line for a shell that sends one alert. */
  trial(made: Pick<NewIntegration, 'url' | 'routingKey'>): string;
}

const post = (url: string, body: object): string =>
  `curl -H 'content-type: application/json' -d '${JSON.stringify(body)}' '${url}'`;

/** The setup of each source that alerts come from. */
export const setups: Readonly<Record<Source, Setup>> = {
  alertmanager: {
    name: 'Prometheus Alertmanager',
    where:
      'In alertmanager.yml, as the url of a receiver under webhook_configs. Keep send_resolved: true, so that incidents end by themselves.',
    trial: ({ url }) =>
      post(url, {
        version: '4',
        status: 'firing',
        alerts: [{ status: 'firing', labels: { alertname: 'Trial', service: 'trial', severity: 'warning' } }],
      }),
  },
  'pagerduty-events': {
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
  },
  generic: {
    name: 'Any JSON over HTTP',
    where:
      'As the address of a webhook of whatever can post JSON. Say title, severity and service; the same with "status": "resolved" ends it.',
    trial: ({ url }) => post(url, { title: 'Trial', service: 'trial', severity: 'warning' }),
  },
};
